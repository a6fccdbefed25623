using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Programs.Rules;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using RewardsEngine.Programs;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Programs;

/// <summary>Staff write rules through the pages; what they publish decides the next sale.</summary>
public abstract class RulePagesTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_published_rule_gives_its_points_and_a_paused_one_stops_at_once()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        var confirm = await CreateAsync(staff, "basket-test", "order.total >= 250000", "77");
        Assert.Equal("/staff/rules/basket-test/publish", confirm.Path);
        Assert.Equal(0, await BonusAsync("basket-test"));

        var live = await staff.SubmitAsync(confirm, "step");
        Assert.Equal("/staff/rules/basket-test", live.Path);
        Assert.Equal(77, await BonusAsync("basket-test"));

        var paused = await staff.SubmitAsync(await staff.GetAsync("/staff/rules/basket-test/pause"), "step");
        Assert.Contains("paused", paused.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await BonusAsync("basket-test"));

        await staff.SubmitAsync(await staff.GetAsync("/staff/rules/basket-test/resume"), "step");
        Assert.Equal(77, await BonusAsync("basket-test"));
    }

    [Fact]
    public async Task Editing_a_live_rule_makes_the_next_version_and_the_live_one_goes_on_until_it_is_published()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await staff.SubmitAsync(await CreateAsync(staff, "version-test", null, "10"), "step");

        await staff.SubmitAsync(await staff.GetAsync("/staff/rules/version-test"), "rule", ("Effects[0].Points", "20"), ("Do", "save"));
        Assert.Equal(10, await BonusAsync("version-test"));

        await staff.SubmitAsync(await staff.GetAsync("/staff/rules/version-test/publish"), "step");
        Assert.Equal(20, await BonusAsync("version-test"));
        await using var db = portal.Server.OpenDatabase();
        var id = new RuleId("version-test");
        var row = await db.Set<RuleRow>().SingleAsync(r => r.Id == id, Cancel);
        Assert.Equal((2, 2, RuleStatus.Live), (row.Version, row.LiveVersion!.Value, row.Status));
        var published = await db.Set<PublishedRuleRow>().Where(p => p.RuleId == id).OrderBy(p => p.Version).ToListAsync(Cancel);
        Assert.Equal([1, 2], published.Select(p => p.Version));
        Assert.Equal(published[1].FromSet, published[0].UntilSet);
    }

    [Fact]
    public async Task An_earlier_version_taken_as_draft_is_published_as_a_new_one_and_the_old_one_stays()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await staff.SubmitAsync(await CreateAsync(staff, "back-test", null, "10"), "step");
        await staff.SubmitAsync(await staff.GetAsync("/staff/rules/back-test"), "rule", ("Effects[0].Points", "20"), ("Do", "save"));
        await staff.SubmitAsync(await staff.GetAsync("/staff/rules/back-test/publish"), "step");

        var taken = await staff.SubmitAsync(await staff.GetAsync("/staff/rules/back-test"), "take-again", ("Taken.Version", "1"));

        Assert.Contains("filled with version 1", taken.Text, StringComparison.Ordinal);
        Assert.Equal("10", taken.Element("[name='Form.Effects[0].Points']").GetAttribute("value"));
        Assert.Equal(20, await BonusAsync("back-test"));
        await staff.SubmitAsync(await staff.GetAsync("/staff/rules/back-test/publish"), "step");
        Assert.Equal(10, await BonusAsync("back-test"));
        await using var db = portal.Server.OpenDatabase();
        var id = new RuleId("back-test");
        var published = await db.Set<PublishedRuleRow>().Where(p => p.RuleId == id).OrderBy(p => p.Version).ToListAsync(Cancel);
        Assert.Equal([1, 2, 3], published.Select(p => p.Version));
        var change = await db.Set<RuleChangeRow>().SingleAsync(c => c.RuleId == id && c.Change == RuleChange.TakenAgain, Cancel);
        Assert.Equal((3, "1", true), (change.Version, change.Note, change.By is not null));
        var indonesian = await portal.Server.StaffAsync(Roles.Marketer, "id");
        Assert.Contains("draf diisi kembali dengan versi 1", (await indonesian.GetAsync("/staff/rules/back-test")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_version_is_not_taken_over_what_somebody_changed_meanwhile()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await staff.SubmitAsync(await CreateAsync(staff, "late-test", null, "10"), "step");
        await staff.SubmitAsync(await staff.GetAsync("/staff/rules/late-test"), "rule", ("Effects[0].Points", "20"), ("Do", "save"));
        var seen = await staff.GetAsync("/staff/rules/late-test");
        await staff.SubmitAsync(seen, "rule", ("Effects[0].Points", "30"), ("Do", "save"));

        var late = await staff.SubmitAsync(seen, "take-again", ("Taken.Version", "1"));
        Assert.Contains("Somebody else has changed this rule meanwhile", late.Text, StringComparison.Ordinal);
        var never = await staff.SubmitAsync(late, "take-again", ("Taken.Version", "2"));

        Assert.Contains("Version 2 was never published", never.Text, StringComparison.Ordinal);
        Assert.Equal("30", never.Element("[name='Form.Effects[0].Points']").GetAttribute("value"));
    }

    [Fact]
    public async Task A_rule_that_can_never_apply_is_told_on_its_page_and_in_the_list_in_both_languages()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await CreateAsync(staff, "lint-test", "order.total >= 500000 and order.total < 100000", "5");

        Assert.Contains("Never applies", (await staff.GetAsync("/staff/rules/lint-test")).Text, StringComparison.Ordinal);
        Assert.Contains("never hold together", (await staff.GetAsync("/staff/rules")).Text, StringComparison.Ordinal);
        var indonesian = await portal.Server.StaffAsync(Roles.Marketer, "id");
        Assert.Contains("tidak pernah terpenuhi bersama", (await indonesian.GetAsync("/staff/rules/lint-test")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_condition_is_shown_at_its_place_with_the_nearest_name_and_what_was_typed_stays()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        var page = await CreateAsync(staff, "wrong-test", "order.totl >= 250000", "50");

        Assert.Equal("/staff/rules/new", page.Path);
        Assert.Equal("true", page.Element("[name='Form.Condition']").GetAttribute("aria-invalid"));
        Assert.Contains("order.total", page.Element("#f-form-condition-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("order.totl", page.Element("mark").TextContent);
        Assert.Equal("order.totl >= 250000", page.Element("[name='Form.Condition']").TextContent);
        await using var db = portal.Server.OpenDatabase();
        var id = new RuleId("wrong-test");
        Assert.False(await db.Set<RuleRow>().AnyAsync(r => r.Id == id, Cancel));
    }

    [Fact]
    public async Task Two_people_who_edit_the_same_rule_do_not_overwrite_each_other()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await CreateAsync(staff, "together-test", null, "10");
        var first = await staff.GetAsync("/staff/rules/together-test");
        var second = await staff.GetAsync("/staff/rules/together-test");

        await staff.SubmitAsync(first, "rule", ("Effects[0].Points", "11"), ("Do", "save"));
        var refused = await staff.SubmitAsync(second, "rule", ("Effects[0].Points", "12"), ("Do", "save"));

        Assert.Contains("Somebody else", refused.Text, StringComparison.Ordinal);
        Assert.Equal("12", refused.Element("[name='Form.Effects[0].Points']").GetAttribute("value"));
        Assert.Equal("11", (await staff.GetAsync("/staff/rules/together-test")).Element("[name='Form.Effects[0].Points']").GetAttribute("value"));
    }

    [Fact]
    public async Task The_same_rule_is_edited_as_text_and_a_mistyped_name_is_refused()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await CreateAsync(staff, "text-test", null, "10");
        var text = (await staff.GetAsync("/staff/rules/text-test/text")).Element("[name='Form.Text']").TextContent;

        var refused = await staff.SubmitAsync(await staff.GetAsync("/staff/rules/text-test/text"), "rule-text", ("Text", text.Replace("\"priority\"", "\"prioritty\"", StringComparison.Ordinal)));
        Assert.Contains("prioritty", refused.Text, StringComparison.Ordinal);
        var saved = await staff.SubmitAsync(await staff.GetAsync("/staff/rules/text-test/text"), "rule-text", ("Text", text.Replace("\"priority\": 0", "\"priority\": 7", StringComparison.Ordinal)));

        Assert.Equal("/staff/rules/text-test", saved.Path);
        Assert.Equal("7", saved.Element("[name='Form.Priority']").GetAttribute("value"));
    }

    [Fact]
    public async Task Points_for_an_amount_may_count_full_steps_only()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        var form = await staff.GetAsync("/staff/rules/new?start=per-amount");
        (string, string)[] typed = [("Form.Key", "steps-test"), ("Form.NameId", "Kelipatan"), ("Form.NameEn", "Steps"), ("Form.Effects[0].Points", "3"), ("Form.Effects[0].Per", "200000"), ("Form.Do", "save-publish")];
        var refused = await staff.SubmitAsync(form, "rule", [.. typed, ("Form.Effects[0].Mode", "Halves")]);
        Assert.Contains("Choose one", refused.Element("#f-form-effects-0-mode-error").TextContent, StringComparison.Ordinal);

        var confirm = await staff.SubmitAsync(refused, "rule", [.. typed, ("Form.Effects[0].Mode", "FullSteps")]);
        Assert.Contains("3 points for every full Rp200,000", confirm.Text, StringComparison.Ordinal);
        await staff.SubmitAsync(confirm, "step");

        Assert.Equal(3, await BonusAsync("steps-test")); // of Rp300.000
    }

    [Fact]
    public async Task A_changed_programme_counts_from_the_next_sale_and_a_wrong_tier_ladder_is_refused()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        var page = await staff.GetAsync("/staff/programme");
        var wrong = await staff.SubmitAsync(page, "programme", ("Tiers[0].Key", "silver"), ("Tiers[0].NameId", "Perak"), ("Tiers[0].NameEn", "Silver"), ("Tiers[0].Minimum", "100"));
        Assert.Contains("begins at 0", wrong.Element("#f-form-tiers-0-minimum-error").TextContent, StringComparison.Ordinal);

        var done = await staff.SubmitAsync(wrong, "programme", ("Tiers[0].Minimum", "0"), ("Expiry", "rolling"), ("ExpiryMonths", "12"));

        Assert.Contains("published", done.Text, StringComparison.Ordinal);
        var programme = (await portal.Server.Services.GetRequiredService<ProgrammeStore>().CurrentAsync(Cancel)).Programme;
        Assert.Equal("silver", Assert.Single(programme.Tiers).Key);
        var member = await MemberAsync();
        await portal.Server.BuysAsync(A.Purchase(member, 500_000m));
        await using var db = portal.Server.OpenDatabase();
        Assert.All(await db.Set<LotRow>().Where(l => l.MemberId == member).ToListAsync(Cancel), l => Assert.NotNull(l.ExpiresAt));
    }

    private static async Task<HtmlPage> CreateAsync(Visitor staff, string key, string? condition, string points) =>
        await staff.SubmitAsync(await staff.GetAsync("/staff/rules/new?start=basket"), "rule",
            ("Form.Key", key), ("Form.NameId", "Bonus " + key), ("Form.NameEn", "Bonus " + key), ("Form.Condition", condition ?? ""),
            ("Form.Effects[0].Points", points), ("Form.Do", "save-publish"));

    /// <summary>What the rule gives a new member for a sale of Rp300.000.</summary>
    private async Task<long> BonusAsync(string rule)
    {
        var member = await MemberAsync();
        await portal.Server.BuysAsync(A.Purchase(member, 300_000m));
        await using var db = portal.Server.OpenDatabase();
        RuleId? id = new RuleId(rule);
        return await db.Set<TransferRow>().Where(t => t.MemberId == member && t.RuleId == id && t.Kind == RewardsEngine.Accounting.TransferKind.Accrue).SumAsync(t => t.Amount, Cancel);
    }

    private async Task<MemberId> MemberAsync()
    {
        await using var work = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel);
        var id = work.Add(A.Member()).Id;
        await work.CommitAsync(Cancel);
        return id;
    }
}

public sealed class RulePagesOnSqlite(SqlitePortal portal) : RulePagesTests(portal), IClassFixture<SqlitePortal>;

public sealed class RulePagesOnPostgres(PostgresPortal portal) : RulePagesTests(portal), IClassFixture<PostgresPortal>;
