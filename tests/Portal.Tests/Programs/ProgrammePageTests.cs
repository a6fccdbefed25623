using Microsoft.Extensions.DependencyInjection;
using Portal.Identity;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Programs;
using Tests.Shared;

namespace Portal.Tests.Programs;

/// <summary>The programme's settings through their pages: what is typed is what counts, what is wrong is told at its field.</summary>
public abstract class ProgrammePageTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every field, what to type, and what the programme then says. Choices are tried with each value they have.</summary>
    private static IEnumerable<(string Field, string Typed, Func<Programme, string> Kept)> Fields()
    {
        yield return ("ExpiringDays", "21", p => $"{p.Occasions.ExpiringDays}");
        yield return ("LapsingDays", "45", p => $"{p.Occasions.LapsingDays}");
        yield return ("ReturnDays", "7.5", p => FormattableString.Invariant($"{p.Points.ReturnWindow.TotalDays}"));
        yield return ("ReturnGraceDays", "3", p => $"{p.Points.ReturnGrace.TotalDays}");
        yield return ("HoldMinutes", "20", p => $"{p.Points.HoldTimeLimit.TotalMinutes}");
        yield return ("Groups", "basket = Best\nweekend = First", p => string.Join('\n', p.Groups.Select(g => $"{g.Name} = {g.Mode}")));
        yield return ("CodeNames", "drinks/coffee = kopi | coffee\nmenteng = Menteng | Menteng", p => string.Join('\n', p.CodeNames.Select(c => $"{c.Code} = {c.Name.Id} | {c.Name.En}")));
        foreach (var field in (IEnumerable<(string, string, Func<Programme, string>)>)
                 [
                     .. Choices("Basis", p => p.Reckoning.Basis), .. Choices("LineRounding", p => p.Reckoning.LineRounding), .. Choices("FloorOverflow", p => p.Reckoning.FloorOverflow),
                     .. Choices("Remainder", p => p.Reckoning.Remainder), .. Choices("EarningBasis", p => p.Reckoning.EarningBasis), .. Choices("PointsRounding", p => p.Reckoning.PointsRounding),
                     .. Choices("Multipliers", p => p.Reckoning.Multipliers), .. Choices("EffectOrder", p => p.Reckoning.Order), .. Choices("Reversal", p => p.Points.Reversal),
                     .. Choices("WhenSpent", p => p.Points.WhenSpent),
                 ])
            yield return field;
    }

    [Fact]
    public async Task Every_setting_that_is_typed_counts_and_stands_in_its_field_again()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        var page = await staff.GetAsync("/staff/programme");
        foreach (var (field, typed, kept) in Fields())
        {
            page = await staff.SubmitAsync(page, "programme", (field, typed));
            Assert.True(page.Path == "/staff/programme" && page.Text.Contains("published", StringComparison.Ordinal), $"{field} = {typed}: {page.Text}");
            Assert.Equal((field, typed), (field, kept(await ProgrammeAsync())));
            Assert.Equal((field, typed), (field, Shown(page, field)));
        }
        Assert.All(Fields().GroupBy(f => f.Field), last => Assert.Equal((last.Key, last.Last().Typed), (last.Key, Shown(page, last.Key)))); // none has disturbed another
    }

    [Theory]
    [InlineData("ExpiringDays", "0")]
    [InlineData("ExpiringDays", "soon")]
    [InlineData("LapsingDays", "3661")]
    [InlineData("LapsingDays", "1.5")]
    [InlineData("ReturnDays", "-1")]
    [InlineData("ReturnGraceDays", "a week")]
    [InlineData("HoldMinutes", "0")]
    [InlineData("Groups", "basket = Cheapest")]
    [InlineData("Groups", "basket")]
    [InlineData("CodeNames", "drinks")]
    [InlineData("CodeNames", "a = b\na = c")]
    [InlineData("Basis", "Sideways")]
    [InlineData("WhenSpent", "99")]
    [InlineData("NameEn", "", "NameId")]
    [InlineData("WorthAmount", "0", "WorthAmount", "WorthPoints", "100")]
    public async Task Bad_input_is_refused_at_its_field_keeps_what_was_typed_and_changes_nothing(string field, string typed, string? told = null, string? also = null, string? value = null)
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        var page = await staff.GetAsync("/staff/programme");
        var before = await VersionAsync();

        var refused = await staff.SubmitAsync(page, "programme", [(field, typed), .. also is null ? [] : new (string, string?)[] { (also, value) }]);

        var wrong = refused.Element($"[name='Form.{told ?? field}']");
        Assert.Equal("true", wrong.GetAttribute("aria-invalid"));
        Assert.NotEmpty(refused.Element($"#{wrong.Id}-error").TextContent.Trim());
        if (wrong.LocalName != "select") // a choice that does not exist cannot stand there
            Assert.Equal(typed, Shown(refused, field));
        Assert.Equal(before, await VersionAsync());
        Assert.All(refused.Document.QuerySelectorAll("details:has(.error)"), d => Assert.True(d.HasAttribute("open")));
    }

    [Fact]
    public async Task The_programme_as_text_sets_what_has_no_field_and_leaves_what_is_fixed()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        var page = await staff.GetAsync("/staff/programme/text");
        var text = page.Element("[name='Form.Text']").TextContent;
        Assert.DoesNotContain("\"currency\":", text.Split("\"name\"")[0], StringComparison.Ordinal);
        var custom = """
            "customActivities": [ { "name": "survey", "label": { "id": "Survei", "en": "Survey" }, "fields": [ { "name": "score", "type": "number", "label": { "id": "nilai", "en": "score" } } ] } ]
            """;

        var done = await staff.SubmitAsync(page, "programme-text", ("Text", WithParts(text, custom, "\"zone\": \"Europe/Paris\"")));

        Assert.Equal("/staff/programme", done.Path);
        var programme = await ProgrammeAsync();
        Assert.Equal("score", Assert.Single(Assert.Single(programme.CustomActivities).Fields).Name);
        Assert.NotEqual("Europe/Paris", programme.Zone);
        var again = (await staff.GetAsync("/staff/programme/text")).Element("[name='Form.Text']").TextContent;
        Assert.Contains("\"survey\"", again, StringComparison.Ordinal);
        Assert.Equal(again, (await staff.GetAsync("/staff/programme/text")).Element("[name='Form.Text']").TextContent);
    }

    [Fact]
    public async Task A_programme_text_that_cannot_be_taken_says_why_and_keeps_what_was_typed()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        var page = await staff.GetAsync("/staff/programme/text");
        var text = page.Element("[name='Form.Text']").TextContent;
        var before = await VersionAsync();

        var broken = await staff.SubmitAsync(page, "programme-text", ("Text", text[..^5]));
        Assert.Equal(text[..^5], broken.Element("[name='Form.Text']").TextContent);
        Assert.NotEmpty(broken.Element("#f-form-text-error").TextContent.Trim());
        var unknown = await staff.SubmitAsync(page, "programme-text", ("Text", WithParts(text, "\"pointz\": 1")));
        Assert.Contains("pointz", unknown.Element("#f-form-text-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await VersionAsync());

        await staff.SubmitAsync(await staff.GetAsync("/staff/programme"), "programme", ("LapsingDays", "33")); // somebody else meanwhile
        var late = await staff.SubmitAsync(page, "programme-text", ("Text", text));
        Assert.Equal("/staff/programme/text", late.Path);
        Assert.NotEmpty(late.Element(".alert.bad").TextContent.Trim());
        Assert.Equal(33, (await ProgrammeAsync()).Occasions.LapsingDays);
    }

    private static IEnumerable<(string, string, Func<Programme, string>)> Choices<T>(string field, Func<Programme, T> kept) where T : struct, Enum =>
        Enum.GetNames<T>().Reverse().Select(name => (field, name, (Func<Programme, string>)(p => kept(p).ToString())));

    /// <summary>Puts parts into the text in place of those of the same name.</summary>
    private static string WithParts(string text, params string[] parts)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject();
        foreach (var (name, value) in parts.SelectMany(p => System.Text.Json.Nodes.JsonNode.Parse("{" + p + "}")!.AsObject()))
            node[name] = value?.DeepClone();
        return node.ToJsonString();
    }

    private static string? Shown(HtmlPage page, string field)
    {
        var element = page.Element($"[name='Form.{field}']");
        return element.LocalName switch
        {
            "select" => element.QuerySelector("option[selected]")?.GetAttribute("value"),
            "textarea" => element.TextContent.Replace("\r\n", "\n", StringComparison.Ordinal),
            _ => element.GetAttribute("value") ?? "",
        };
    }

    private async Task<Programme> ProgrammeAsync() => (await portal.Server.Services.GetRequiredService<ProgrammeStore>().CurrentAsync(Cancel)).Programme;

    private async Task<long> VersionAsync() => (await portal.Server.Services.GetRequiredService<ProgrammeStore>().CurrentAsync(Cancel)).Version;
}

public sealed class ProgrammePagesOnSqlite(SqlitePortal portal) : ProgrammePageTests(portal), IClassFixture<SqlitePortal>;

public sealed class ProgrammePagesOnPostgres(PostgresPortal portal) : ProgrammePageTests(portal), IClassFixture<PostgresPortal>;
