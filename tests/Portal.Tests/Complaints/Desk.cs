using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>What the complaint tests do again and again, through the pages.</summary>
internal static class Desk
{
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A signed-in customer who reads English.</summary>
    public static Task<(Visitor Visitor, MemberRow Member)> EnglishCustomerAsync(this PortalServer server) => server.CustomerAsync(m => m.Language = "en", "en");

    /// <summary>Goes through both steps of filing; the page that follows.</summary>
    public static async Task<HtmlPage> FileAsync(this Visitor visitor, string text, IReadOnlyList<UploadedFile>? files = null, string? email = null)
    {
        var first = await visitor.GetAsync("/complaints/new");
        var second = await visitor.SubmitAsync(first, "complaint", ("Category", "waiting"), ("Text", text));
        List<(string, string?)> fields = [("Wish", "points")];
        if (email is not null)
            fields.Add(("Email", email));
        return await visitor.SubmitAsync(second, "complaint", fields, files ?? []);
    }

    public static async Task<CaseRow> CaseAsync(this PortalServer server, string reference)
    {
        await using var db = server.OpenDatabase();
        return await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Reference == reference);
    }

    public static async Task<CaseRow> CaseBySubjectAsync(this PortalServer server, string subject)
    {
        await using var db = server.OpenDatabase();
        return await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Subject == subject);
    }

    public static async Task<IReadOnlyList<OutboxRow>> MailsAsync(this PortalServer server, string reference)
    {
        await using var db = server.OpenDatabase();
        return await db.Set<OutboxRow>().AsNoTracking().Where(m => m.EventId.StartsWith("case:" + reference)).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync();
    }

    public static Task<int> TickAsync(this PortalServer server) => server.Services.GetRequiredService<TickCases>().RunAsync(TestContext.Current.CancellationToken);

    /// <summary>A step of the desk: opens the case, fills in the form, sends it.</summary>
    public static async Task<HtmlPage> StepAsync(this Visitor staff, string reference, string form, params (string Name, string? Value)[] fields)
    {
        var page = await staff.GetAsync($"/staff/complaints/{reference}");
        return await staff.SubmitAsync(page, form, fields);
    }

    /// <summary>From a filed case to one that is looked into.</summary>
    public static async Task InvestigateAsync(this Visitor staff, string reference)
    {
        await staff.StepAsync(reference, "take");
        await staff.StepAsync(reference, "assess", ("Severity", "Serious"), ("Urgency", "Today"));
        await staff.StepAsync(reference, "start");
    }

    public static Task<HtmlPage> DecideAsync(this Visitor staff, string reference, string form = "decide", string? points = null) =>
        staff.StepAsync(reference, form, ("Form.Findings[0].Outcome", "Upheld"), ("Form.Findings[0].Reasons", "You waited too long."), ("RootCause", "waiting-time"), ("RemedyPoints", points));

    /// <summary>Sends a form with exactly these further fields, several of one name too; the status of the answer.</summary>
    public static async Task<System.Net.HttpStatusCode> SendFormAsync(this Visitor visitor, HtmlPage page, string form, params (string Name, string Value)[] fields)
    {
        var hidden = page.Form(form).QuerySelectorAll("input[type=hidden]").Select(i => new KeyValuePair<string, string>(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));
        using var body = new FormUrlEncodedContent([.. hidden, .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]);
        using var answer = await visitor.SendAsync(HttpMethod.Post, page.Url.PathAndQuery, body);
        return answer.StatusCode;
    }
}
