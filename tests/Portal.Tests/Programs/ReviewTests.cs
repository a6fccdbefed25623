using Microsoft.EntityFrameworkCore;
using Portal.Features.Programs.Rules;
using Portal.Identity;
using Portal.Rewarding.Programmes;
using RewardsEngine.Programs;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Programs;

/// <summary>Four eyes: a second person looks at a rule before it comes into force.</summary>
public abstract class ReviewTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submitted_rule_is_sent_back_with_a_note_changed_and_approved_by_another_but_never_by_its_author()
    {
        var author = await portal.Server.StaffAsync(Roles.Marketer, "en");
        var second = await portal.Server.StaffAsync(Roles.Manager, "id");
        await CreateAsync(author, "review-test");
        var inReview = await author.SubmitAsync(await author.GetAsync("/staff/rules/review-test/submit"), "step");
        Assert.Contains("In review", inReview.Text, StringComparison.Ordinal);
        Assert.Contains("review-test", (await second.GetAsync("/staff/rules?status=InReview")).Text, StringComparison.Ordinal);
        Assert.Contains("Menunggu orang kedua", (await second.GetAsync("/staff/rules")).Text, StringComparison.Ordinal);

        var own = await author.SubmitAsync(await author.GetAsync("/staff/rules/review-test/publish"), "step");
        Assert.Contains("somebody else has to approve", own.Text, StringComparison.Ordinal);
        var empty = await second.SubmitAsync(await second.GetAsync("/staff/rules/review-test/send-back"), "step");
        Assert.Contains("Tulis yang perlu diubah", empty.Text, StringComparison.Ordinal);
        var back = await second.SubmitAsync(empty, "step", ("Note", "Batasi satu kali sehari."));
        Assert.Contains("Batasi satu kali sehari.", back.Text, StringComparison.Ordinal);
        Assert.Equal(RuleStatus.Draft, (await RowAsync("review-test")).Status);

        await author.SubmitAsync(await author.GetAsync("/staff/rules/review-test"), "rule", ("Effects[0].Points", "20"), ("Do", "save"));
        await author.SubmitAsync(await author.GetAsync("/staff/rules/review-test/submit"), "step");
        await second.SubmitAsync(await second.GetAsync("/staff/rules/review-test/publish"), "step");

        var row = await RowAsync("review-test");
        Assert.Equal((RuleStatus.Live, 1, null), (row.Status, row.LiveVersion, row.SubmittedAt));
        await using var db = portal.Server.OpenDatabase();
        var id = new RuleId("review-test");
        var changes = await db.Set<RuleChangeRow>().Where(c => c.RuleId == id).OrderBy(c => c.At).ToListAsync(Cancel);
        Assert.Equal(
            [RuleChange.Created, RuleChange.Submitted, RuleChange.SentBack, RuleChange.Edited, RuleChange.Submitted],
            changes.Select(c => c.Change).Take(5));
        Assert.Equal([RuleChange.Approved, RuleChange.Published], changes.Skip(5).Select(c => c.Change).Order().Reverse());
        Assert.NotEqual(changes[0].By, changes[^1].By);
    }

    [Fact]
    public async Task A_change_takes_a_version_out_of_review_and_beside_a_live_version_the_live_one_goes_on()
    {
        var author = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await author.SubmitAsync(await CreateAsync(author, "review-live", "save-publish"), "step");
        await author.SubmitAsync(await author.GetAsync("/staff/rules/review-live"), "rule", ("Effects[0].Points", "20"), ("Do", "save"));
        var waiting = await author.SubmitAsync(await author.GetAsync("/staff/rules/review-live/submit"), "step");
        Assert.Contains("version 2 in review", waiting.Text, StringComparison.Ordinal);
        var row = await RowAsync("review-live");
        Assert.Equal((RuleStatus.Live, 1, 2), (row.Status, row.LiveVersion, row.Version));

        await author.SubmitAsync(await author.GetAsync("/staff/rules/review-live"), "rule", ("Effects[0].Points", "30"), ("Do", "save"));

        Assert.Null((await RowAsync("review-live")).SubmittedAt);
        Assert.DoesNotContain("in review", (await author.GetAsync("/staff/rules/review-live")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_programme_asks_for_a_second_person_nothing_is_published_without_one()
    {
        var manager = await portal.Server.StaffAsync(Roles.Manager, "en");
        var author = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await CreateAsync(author, "four-eyes");
        await manager.SubmitAsync(await manager.GetAsync("/staff/programme"), "programme", ("FourEyes", "true"));
        try
        {
            Assert.DoesNotContain("Save and publish", (await author.GetAsync("/staff/rules/four-eyes")).Text, StringComparison.Ordinal);
            var refused = await author.SubmitAsync(await author.GetAsync("/staff/rules/four-eyes/publish"), "step");
            Assert.Contains("submit the rule for review first", refused.Text, StringComparison.Ordinal);
            Assert.Null((await RowAsync("four-eyes")).LiveVersion);

            await author.SubmitAsync(await author.GetAsync("/staff/rules/four-eyes/submit"), "step");
            await manager.SubmitAsync(await manager.GetAsync("/staff/rules/four-eyes/publish"), "step");
            Assert.Equal(1, (await RowAsync("four-eyes")).LiveVersion);
        }
        finally
        {
            await manager.SubmitAsync(await manager.GetAsync("/staff/programme"), "programme", ("FourEyes", null));
        }
    }

    [Fact]
    public async Task A_rule_whose_first_day_is_to_come_is_scheduled()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await CreateAsync(staff, "later-test");
        await staff.SubmitAsync(await staff.GetAsync("/staff/rules/later-test"), "rule", ("From", "2030-01-01"), ("Do", "save"));
        var page = await staff.SubmitAsync(await staff.GetAsync("/staff/rules/later-test/publish"), "step");
        Assert.Contains("Scheduled", page.Text, StringComparison.Ordinal);
        Assert.NotEmpty((await staff.GetAsync("/staff/rules?status=Scheduled")).Document.QuerySelectorAll("td a[href='/staff/rules/later-test']"));
        Assert.Empty((await staff.GetAsync("/staff/rules?status=Live")).Document.QuerySelectorAll("td a[href='/staff/rules/later-test']"));
    }

    private static async Task<HtmlPage> CreateAsync(Visitor staff, string key, string action = "save") =>
        await staff.SubmitAsync(await staff.GetAsync("/staff/rules/new?start=basket"), "rule",
            ("Form.Key", key), ("Form.NameId", "Bonus " + key), ("Form.NameEn", "Bonus " + key), ("Form.Effects[0].Points", "10"), ("Form.Do", action));

    private async Task<RuleRow> RowAsync(string key)
    {
        await using var db = portal.Server.OpenDatabase();
        var id = new RuleId(key);
        return await db.Set<RuleRow>().AsNoTracking().SingleAsync(r => r.Id == id, Cancel);
    }
}

public sealed class ReviewOnSqlite(SqlitePortal portal) : ReviewTests(portal), IClassFixture<SqlitePortal>;

public sealed class ReviewOnPostgres(PostgresPortal portal) : ReviewTests(portal), IClassFixture<PostgresPortal>;
