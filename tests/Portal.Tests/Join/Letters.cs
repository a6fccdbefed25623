using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Tests.Shared;

namespace Portal.Tests.Join;

/// <summary>The mails a person would find, read where they wait to be sent.</summary>
internal static class Letters
{
    public static async Task<List<OutboxRow>> LettersToAsync(this PortalServer server, string address)
    {
        await using var db = server.OpenDatabase();
        return await db.Set<OutboxRow>().AsNoTracking().Where(m => m.Recipient == address.ToLowerInvariant())
            .OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The link of the newest mail of a template, as a path of this portal.</summary>
    public static async Task<string> LinkAsync(this PortalServer server, string address, string template)
    {
        var letter = (await server.LettersToAsync(address)).Last(m => m.Template == template);
        return new Uri(JsonDocument.Parse(letter.Model).RootElement.GetProperty("url").GetString()!).PathAndQuery;
    }
}

/// <summary>People who came through the join page.</summary>
internal static class Joining
{
    public const string Password = "kopi susu pagi hari";

    public static async Task<(Visitor Visitor, MemberRow Member)> JoinedAsync(this PortalServer server, string email)
    {
        var visitor = server.Visitor("en");
        await visitor.SubmitAsync(await visitor.GetAsync("/join"), "join", ("Name", "Ayu Lestari"), ("Email", email), ("Password", Password), ("Language", "en"));
        await using var db = server.OpenDatabase();
        return (visitor, await db.Set<MemberRow>().AsNoTracking().SingleAsync(m => m.Email == email && m.UserId != null, TestContext.Current.CancellationToken));
    }
}
