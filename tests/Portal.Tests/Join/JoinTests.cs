using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Tests.Shared;

namespace Portal.Tests.Join;

public abstract class JoinTests(PortalFixture portal)
{
    [Fact]
    public async Task A_person_joins_is_signed_in_and_gets_what_the_rules_give()
    {
        var visitor = portal.Server.Visitor("en");

        var after = await JoinAsync(visitor, "first@join.test", ("ConsentEmail", "true"));

        Assert.Equal("/home", after.Path);
        Assert.Contains(visitor.Cookies, c => c.Name == "portal");
        await using var db = portal.Server.OpenDatabase();
        var member = await db.Set<MemberRow>().SingleAsync(m => m.Email == "first@join.test", Cancel);
        Assert.Equal(member.CardCode, CardCode.Parse(member.CardCode));
        Assert.Equal("email", member.Consents);
        var activity = await db.Set<ActivityRow>().SingleAsync(a => a.MemberId == member.Id, Cancel);
        Assert.Equal("registered", activity.Type);
        Assert.True(activity.Points > 0);
        Assert.Equal(activity.Points, (await db.Set<WalletRow>().SingleAsync(w => w.MemberId == member.Id, Cancel)).Available);
    }

    [Fact]
    public async Task Each_consent_is_kept_with_its_wording_time_and_source_and_none_is_ticked_beforehand()
    {
        var visitor = portal.Server.Visitor("en");
        var page = await visitor.GetAsync("/join");
        Assert.Empty(page.Document.QuerySelectorAll("input[type=checkbox][checked]"));

        await JoinAsync(visitor, "consents@join.test", ("ConsentProfiling", "true"));

        await using var db = portal.Server.OpenDatabase();
        var member = await db.Set<MemberRow>().SingleAsync(m => m.Email == "consents@join.test", Cancel);
        var rows = await db.Set<ConsentRow>().Where(c => c.MemberId == member.Id).ToListAsync(Cancel);
        Assert.Equal(["email", "phone", "profiling"], rows.Select(r => r.Purpose).Order());
        Assert.Equal("profiling", Assert.Single(rows, r => r.Granted).Purpose);
        Assert.All(rows, r => Assert.Equal((Consents.TextVersion, "join", "en", portal.Server.Time.GetUtcNow().UtcDateTime), (r.TextVersion, r.Source, r.Language, r.At)));
    }

    [Fact]
    public async Task What_cannot_be_used_is_said_at_its_field_and_the_rest_is_kept()
    {
        var visitor = portal.Server.Visitor("en");
        var page = await visitor.SubmitAsync(await visitor.GetAsync("/join"), "join", ("Name", "Ayu"), ("Email", "not an address"), ("Password", "short"));

        Assert.Equal("/join", page.Path);
        Assert.Equal("Ayu", page.Element("#f-name").GetAttribute("value"));
        Assert.Equal("true", page.Element("#f-email").GetAttribute("aria-invalid"));
        Assert.Contains("10", page.Element("#f-password-error").TextContent);
        Assert.Null(page.Document.QuerySelector("#f-name-error"));
    }

    [Fact]
    public async Task A_known_address_gets_the_same_answer_and_its_owner_a_mail()
    {
        var owner = portal.Server.Visitor("en");
        await JoinAsync(owner, "known@join.test");
        await ConfirmAsync(owner, "known@join.test");

        var stranger = portal.Server.Visitor("en");
        var fresh = await JoinAsync(portal.Server.Visitor("en"), "unknown@join.test");
        var again = await JoinAsync(stranger, "known@join.test", ("Password", "another person here"));

        Assert.Equal((fresh.Path, fresh.Status), (again.Path, again.Status));
        Assert.Equal(WithoutCard(fresh.Text).Replace("unknown@", "known@", StringComparison.Ordinal), WithoutCard(again.Text));
        Assert.Contains(stranger.Cookies, c => c.Name == "portal");
        Assert.Contains(await portal.Server.LettersToAsync("known@join.test"), m => m.Template == "account-exists");
        Assert.Single((await portal.Server.LettersToAsync("known@join.test")), m => m.Template == "confirm-email");
    }

    [Fact]
    public async Task The_owner_still_signs_in_and_nobody_else_can_ever_prove_the_address()
    {
        var owner = portal.Server.Visitor("en");
        await JoinAsync(owner, "mine@join.test");
        var mine = await portal.Server.LinkAsync("mine@join.test", "confirm-email");
        // Somebody joins with the same address before its owner confirms: two claims, and the mailbox decides.
        portal.Server.Time.Advance(TimeSpan.FromMinutes(2));
        await JoinAsync(portal.Server.Visitor("en"), "mine@join.test", ("Password", "another person here"));
        var other = await portal.Server.LinkAsync("mine@join.test", "confirm-email");
        Assert.NotEqual(mine, other);

        var confirmed = await owner.SubmitAsync(await owner.GetAsync(mine), "confirm-email");
        var refused = await portal.Server.Visitor("en").GetAsync(other);

        Assert.Contains("mine@join.test", confirmed.Text);
        Assert.Throws<InvalidOperationException>(() => refused.Form("confirm-email"));
        var signedIn = await SignInAsync(portal.Server.Visitor("en"), "mine@join.test", Joining.Password);
        Assert.NotEqual("/sign-in", signedIn.Path);
    }

    [Fact]
    public async Task Opening_the_link_proves_nothing_the_button_does_and_the_rules_hear_of_it_once()
    {
        var visitor = portal.Server.Visitor("en");
        await JoinAsync(visitor, "confirm@join.test");
        var link = await portal.Server.LinkAsync("confirm@join.test", "confirm-email");

        var asked = await visitor.GetAsync(link);
        await using (var before = portal.Server.OpenDatabase())
            Assert.False((await before.Users.SingleAsync(u => u.Email == "confirm@join.test", Cancel)).EmailConfirmed);
        await visitor.SubmitAsync(asked, "confirm-email");
        await visitor.GetAsync(link);

        await using var db = portal.Server.OpenDatabase();
        Assert.True((await db.Users.SingleAsync(u => u.Email == "confirm@join.test", Cancel)).EmailConfirmed);
        var member = await db.Set<MemberRow>().SingleAsync(m => m.Email == "confirm@join.test", Cancel);
        Assert.NotNull(member.EmailConfirmedAt);
        Assert.Equal(1, await db.Set<ActivityRow>().CountAsync(a => a.MemberId == member.Id && a.Type == "email.confirmed", Cancel));
        Assert.Contains(await portal.Server.LettersToAsync("confirm@join.test"), m => m.Template == "welcome");
    }

    [Fact]
    public async Task A_link_older_than_a_day_does_not_work_and_a_new_one_can_be_sent()
    {
        var visitor = portal.Server.Visitor("en");
        await JoinAsync(visitor, "late@join.test");
        var link = await portal.Server.LinkAsync("late@join.test", "confirm-email");
        portal.Server.Time.Advance(TimeSpan.FromHours(25));

        Assert.Throws<InvalidOperationException>(() => visitor.GetAsync(link).GetAwaiter().GetResult().Form("confirm-email"));

        await visitor.SubmitAsync(await visitor.GetAsync("/profile/email"), "send-again");
        var renewed = await portal.Server.LinkAsync("late@join.test", "confirm-email");
        Assert.NotEqual(link, renewed);
        Assert.NotNull((await visitor.GetAsync(renewed)).Form("confirm-email"));
    }

    private static string WithoutCard(string text) => Regex.Replace(text, "[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}", "card");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HtmlPage> JoinAsync(Visitor visitor, string email, params (string, string?)[] more) =>
        await visitor.SubmitAsync(await visitor.GetAsync("/join"), "join", [("Name", "Ayu Lestari"), ("Email", email), ("Password", Joining.Password), ("Language", "en"), .. more]);

    private async Task ConfirmAsync(Visitor visitor, string email) =>
        await visitor.SubmitAsync(await visitor.GetAsync(await portal.Server.LinkAsync(email, "confirm-email")), "confirm-email");

    private static async Task<HtmlPage> SignInAsync(Visitor visitor, string email, string password) =>
        await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in", ("Email", email), ("Password", password));
}

public sealed class JoinOnSqlite(SqlitePortal portal) : JoinTests(portal), IClassFixture<SqlitePortal>;

public sealed class JoinOnPostgres(PostgresPortal portal) : JoinTests(portal), IClassFixture<PostgresPortal>;
