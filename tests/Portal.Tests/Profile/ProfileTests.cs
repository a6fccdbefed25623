using System.Text.Json;
using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints;
using Portal.Features.Profile;
using Portal.Identity;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using Portal.Tests.Complaints;
using Portal.Tests.Join;
using RewardsEngine.Activities;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Profile;

public abstract class ProfileTests(PortalFixture portal)
{
    [Fact]
    public async Task A_field_shows_its_benefit_first_and_pays_it_once()
    {
        await RuleAsync("birthday", 50);
        var (visitor, member) = await portal.Server.JoinedAsync("once@profile.test");
        Assert.Contains("+50", (await visitor.GetAsync("/profile")).Text);
        var edit = await visitor.GetAsync("/profile/edit/birthday");
        Assert.Contains("+50", edit.Text);

        var after = await visitor.SubmitAsync(edit, "profile-field", ("Birthday", "1990-04-12"));

        Assert.Equal("/profile", after.Path);
        Assert.Contains("12 April 1990", after.Text);
        Assert.Equal(150, await BalanceAsync(member.Id));
        await visitor.SubmitAsync(await visitor.GetAsync("/profile/edit/birthday"), "profile-field", ("Birthday", "1990-04-12"));
        Assert.Equal(150, await BalanceAsync(member.Id));
        await using var db = portal.Server.OpenDatabase();
        Assert.Equal(1, await db.Set<ActivityRow>().CountAsync(a => a.MemberId == member.Id && a.Type == ActivityTypes.ProfileCompleted, Cancel));
    }

    [Fact]
    public async Task Emptying_and_filling_a_field_again_or_sending_it_twice_at_once_pays_nothing_more()
    {
        await RuleAsync("phone", 30);
        var (_, member) = await portal.Server.JoinedAsync("again@profile.test");
        var complete = portal.Server.Services.GetRequiredService<CompleteProfile>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => complete.HandleAsync(member.Id, "phone", new() { Phone = "0812 3456 7890" }, Cancel)));
        await complete.HandleAsync(member.Id, "phone", new(), Cancel);
        await complete.HandleAsync(member.Id, "phone", new() { Phone = "+62 812 3456 7890" }, Cancel);

        Assert.Equal(130, await BalanceAsync(member.Id));
        await using var db = portal.Server.OpenDatabase();
        Assert.Equal("+6281234567890", (await db.Set<MemberRow>().SingleAsync(m => m.Id == member.Id, Cancel)).Phone);
    }

    [Theory]
    [InlineData("birthday", "Birthday", "2999-01-01")]
    [InlineData("phone", "Phone", "call me")]
    [InlineData("address", "Street", "Jalan Melati 5")]
    [InlineData("channel", "Channel", "sms")]
    public async Task What_cannot_be_stored_is_refused_at_its_field(string field, string input, string typed)
    {
        var (visitor, _) = await portal.Server.JoinedAsync($"refused-{field}@profile.test");

        var page = await visitor.SubmitAsync(await visitor.GetAsync($"/profile/edit/{field}"), "profile-field", (input, typed));

        Assert.Equal($"/profile/edit/{field}", page.Path);
        Assert.NotNull(page.Document.QuerySelector(".field .error"));
    }

    [Fact]
    public async Task Several_interests_are_kept_and_shown_in_the_readers_words()
    {
        var (visitor, member) = await portal.Server.JoinedAsync("interests@profile.test");
        var complete = portal.Server.Services.GetRequiredService<CompleteProfile>();
        await complete.HandleAsync(member.Id, "interests", new() { Interests = ["tea", "events", "not-offered"] }, Cancel);

        Assert.Contains("Tea, Events", (await visitor.GetAsync("/profile")).Text);
        var page = await visitor.GetAsync("/profile/edit/interests");
        Assert.Equal(["tea", "events"], page.Document.QuerySelectorAll("input[type=checkbox][checked]").Select(i => i.GetAttribute("value")!));
        await visitor.SubmitAsync(page, "profile-field");
        await using var db = portal.Server.OpenDatabase();
        Assert.Equal("tea,events", (await db.Set<MemberRow>().SingleAsync(m => m.Id == member.Id, Cancel)).Interests);
    }

    [Fact]
    public async Task A_changed_consent_adds_a_row_and_leaves_the_earlier_ones()
    {
        var (visitor, member) = await portal.Server.JoinedAsync("settings@profile.test");

        await visitor.SubmitAsync(await visitor.GetAsync("/profile/settings"), "settings", ("ConsentEmail", "true"), ("Name", "Ayu"), ("Language", "id-ID"));

        await using var db = portal.Server.OpenDatabase();
        var row = await db.Set<MemberRow>().SingleAsync(m => m.Id == member.Id, Cancel);
        Assert.Equal(("email", "Ayu", "id-ID"), (row.Consents, row.Name, row.Language));
        var history = await db.Set<ConsentRow>().Where(c => c.MemberId == member.Id && c.Purpose == "email").OrderBy(c => c.Id).ToListAsync(Cancel);
        Assert.Equal([(false, "join"), (true, "profile")], history.Select(c => (c.Granted, c.Source)));
        Assert.Equal("id", (await visitor.GetAsync("/profile")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task My_data_holds_what_the_portal_knows_about_me_and_nobody_else()
    {
        var (visitor, member) = await portal.Server.JoinedAsync("data@profile.test");
        await portal.Server.JoinedAsync("other@profile.test");

        var response = await visitor.SendAsync(HttpMethod.Get, "/profile/data");
        var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;

        Assert.Equal("data@profile.test", json.GetProperty("profile").GetProperty("email").GetString());
        Assert.Equal(member.CardCode, json.GetProperty("profile").GetProperty("cardCode").GetString());
        Assert.Equal(100, json.GetProperty("points").GetProperty("balance").GetProperty("available").GetInt64());
        Assert.DoesNotContain("other@profile.test", json.GetRawText());
    }

    [Fact]
    public async Task Closing_the_account_withdraws_open_complaints_as_their_history_says()
    {
        var (visitor, _) = await portal.Server.JoinedAsync("leaving-open@profile.test");
        var reference = (await visitor.FileAsync("Nobody is left to answer this")).Path.Split('/')[^1];
        Assert.Contains("withdrawn", (await visitor.GetAsync("/profile/close")).Text);

        await visitor.SubmitAsync(await visitor.GetAsync("/profile/close"), "close-account", ("Password", Joining.Password));

        var after = await portal.Server.CaseAsync(reference);
        Assert.Equal((CaseState.Withdrawn, false, "withdrawn", null), (after.State, after.IsOpen, after.RootCause, after.NextCheckAt));
        Assert.NotNull(after.ClosedAt);
        Assert.NotNull(after.ErasedAt);
        await using var db = portal.Server.OpenDatabase();
        var events = await db.Set<CaseEventRow>().Where(e => e.CaseId == after.Id).OrderBy(e => e.Sequence).ToListAsync(Cancel);
        Assert.Equal((1, after.Version), (events.Count(e => e.Type == "withdrawn"), events.Count));
        Assert.DoesNotContain(events, e => e.Payload.Contains("Nobody is left", StringComparison.Ordinal));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await (await portal.Server.StaffAsync(Roles.Agent, "en")).GetAsync($"/staff/complaints/{reference}")).Status);
    }

    [Fact]
    public async Task Closing_the_account_erases_the_person_and_leaves_the_books_proved()
    {
        var (visitor, member) = await portal.Server.JoinedAsync("leaving@profile.test");
        var wrong = await visitor.SubmitAsync(await visitor.GetAsync("/profile/close"), "close-account", ("Password", "not it at all"));
        Assert.NotNull(wrong.Document.QuerySelector("#f-password-error"));

        var after = await visitor.SubmitAsync(await visitor.GetAsync("/profile/close"), "close-account", ("Password", Joining.Password));

        Assert.Equal("/", after.Path);
        Assert.Equal("/sign-in", (await visitor.GetAsync("/profile")).Path);
        await using var db = portal.Server.OpenDatabase();
        Assert.False(await db.Users.AnyAsync(u => u.Email == "leaving@profile.test", Cancel));
        Assert.False(await db.Set<OutboxRow>().AnyAsync(m => m.Recipient == "leaving@profile.test", Cancel));
        var row = await db.Set<MemberRow>().SingleAsync(m => m.Id == member.Id, Cancel);
        Assert.Equal((null, null, null), (row.Name, row.Email, row.UserId));
        Assert.NotNull(row.ClosedAt);
        Assert.Equal(0, await BalanceAsync(member.Id));
        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);
    }

    [Fact]
    public async Task Closing_the_account_takes_the_person_out_of_recorded_decisions_and_keeps_what_books_and_refunds_need()
    {
        var (visitor, member) = await portal.Server.JoinedAsync("recorded@profile.test");
        await using (var db = portal.Server.OpenDatabase())
        {
            await db.Set<MemberRow>().Where(m => m.Id == member.Id).ExecuteUpdateAsync(s => s
                .SetProperty(m => m.Birthday, new DateOnly(1987, 3, 14)).SetProperty(m => m.City, "Sumedang")
                .SetProperty(m => m.Company, "PT Tak Bernama").SetProperty(m => m.Interests, "beans"), Cancel);
            await portal.Server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(db,
                [new Rule
                {
                    Id = new("only-in-bandung"),
                    Name = new("Bandung", "Bandung"),
                    Trigger = ActivityTypes.Purchase,
                    Condition = "customer.city = \"Bandung\" and customer.birthday >= 1990-01-01",
                    Effects = [new FixedPoints { Points = 7 }],
                }], [], programme: null, by: null, Cancel);
            await db.SaveChangesAsync(Cancel);
        }
        var sale = await portal.Server.BuysAsync(A.Purchase(member.Id, 250_000));
        Assert.Contains("Sumedang", (await DecidedAsync(member.Id, sale)).Input + (await DecidedAsync(member.Id, sale)).Decision);

        await visitor.SubmitAsync(await visitor.GetAsync("/profile/close"), "close-account", ("Password", Joining.Password));

        await using var after = portal.Server.OpenDatabase();
        foreach (var row in await after.Set<ActivityRow>().Where(a => a.MemberId == member.Id).ToListAsync(Cancel))
            foreach (var personal in new[] { "1987", "Sumedang", "PT Tak Bernama", "beans" })
                Assert.DoesNotContain(personal, row.Input + row.Decision + row.Activity);
        var kept = await DecidedAsync(member.Id, sale);
        Assert.Equal(sale.Decision.Effects.Count, kept.ReadDecision().Effects.Count);
        Assert.True(EngineJson.Read<DecisionInput>(kept.Input).Erased);
        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);
    }

    private async Task<ActivityRow> DecidedAsync(MemberId member, PurchaseReceipt sale)
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<ActivityRow>().AsNoTracking().SingleAsync(a => a.MemberId == member && a.Reference == sale.Decision.Reference, Cancel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task RuleAsync(string field, int points)
    {
        await using var db = portal.Server.OpenDatabase();
        await portal.Server.Services.GetRequiredService<ProgrammeStore>().PublishAsync(db,
            [new Rule
            {
                Id = new($"profile-{field}"),
                Name = new("Profil", "Profile"),
                Trigger = ActivityTypes.ProfileCompleted,
                Condition = $"event.field = \"{field}\"",
                Effects = [new FixedPoints { Points = points }],
            }], [], programme: null, by: null, Cancel);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task<long> BalanceAsync(MemberId member)
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<WalletRow>().Where(w => w.MemberId == member).Select(w => w.Available).SingleAsync(Cancel);
    }
}

public sealed class ProfileOnSqlite(SqlitePortal portal) : ProfileTests(portal), IClassFixture<SqlitePortal>;

public sealed class ProfileOnPostgres(PostgresPortal portal) : ProfileTests(portal), IClassFixture<PostgresPortal>;
