using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Messages;
using Notifications.Sending;
using Portal.Features.Complaints;
using Portal.Identity;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Purchases;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Messages;

/// <summary>Rules that say something to members: written by staff, sent by the job, stopped by the member.</summary>
public abstract class RuleMessageTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_tells_a_member_about_their_points_in_their_language_and_says_it_once()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await TextAsync(staff, "thanks", MailPurpose.Transactional, "Terima kasih untuk {total}", "Thank you for {total}", "Anda mendapat {points}.\n\nSaldo {balance}.", "You earned {points}.\n\nBalance {balance}.");
        await RuleAsync(staff, "thanks-rule", "thanks");
        var (_, member) = await portal.Server.CustomerAsync(m => m.Language = "en");
        var purchase = A.Purchase(member.Id, 250_000m);
        var points = (await portal.Server.BuysAsync(purchase)).Decision.PointsAwarded();
        await portal.Server.BuysAsync(purchase); // delivered twice

        var mail = await portal.Server.MailToAsync(member.Email!, m => m.Subject.StartsWith("Thank you", StringComparison.Ordinal), Cancel);

        Assert.Equal("Thank you for Rp250,000", mail.Subject);
        Assert.Contains($"You earned {points} points.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("because you are a member", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("unsubscribe", mail.Text, StringComparison.OrdinalIgnoreCase);
        await using var db = portal.Server.OpenDatabase();
        Assert.Equal(1, await db.Set<OutboxRow>().CountAsync(m => m.Recipient == member.Email && m.EventId.EndsWith("/thanks"), Cancel));
    }

    [Fact]
    public async Task Marketing_goes_only_to_who_agreed_and_one_click_in_the_mail_program_stops_it_at_once()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await TextAsync(staff, "new-beans", MailPurpose.Marketing, "Biji baru", "New beans", "Dari Gayo.", "From Gayo.");
        await RuleAsync(staff, "beans-rule", "new-beans");
        var (_, silent) = await portal.Server.CustomerAsync();
        var (visitor, member) = await portal.Server.CustomerAsync(m => m.Consents = "email,phone");
        await portal.Server.BuysAsync(A.Purchase(silent.Id, 250_000m));
        await portal.Server.BuysAsync(A.Purchase(member.Id, 250_000m));

        var mail = await portal.Server.MailToAsync(member.Email!, m => m.Subject == "Biji baru", Cancel);
        var link = new Uri(mail.Link("/unsubscribe/")).AbsolutePath;
        var raw = await File.ReadAllTextAsync(Path.Combine(portal.Server.Services.GetRequiredService<MailOptions>().Folder, mail.Id + ".eml"), Cancel);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", raw, StringComparison.Ordinal);
        Assert.Contains("List-Id: <offers.", raw, StringComparison.Ordinal);
        Assert.StartsWith("offers@", mail.From[(mail.From.IndexOf('<') + 1)..], StringComparison.Ordinal);

        var stranger = portal.Server.Visitor("en");
        Assert.Contains("Stop offers by email", (await stranger.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Equal("email,phone", (await MemberAsync(member.Id)).Consents); // looking changes nothing
        for (var time = 0; time < 2; time++)
        {
            using var done = await portal.Server.Visitor().SendAsync(HttpMethod.Post, link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        }

        Assert.Equal("phone", (await MemberAsync(member.Id)).Consents);
        Assert.Contains("are off", (await stranger.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.Contains("tautan di surat", (await visitor.GetAsync("/profile/settings")).Text, StringComparison.Ordinal);
        using var forged = await portal.Server.Visitor().SendAsync(HttpMethod.Post, link[..^4] + "AAAA", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
        await using var db = portal.Server.OpenDatabase();
        var proof = Assert.Single(await db.Set<ConsentRow>().Where(c => c.MemberId == member.Id && c.Source == "unsubscribe").ToListAsync(Cancel));
        Assert.False(proof.Granted);
        Assert.False(await db.Set<OutboxRow>().AnyAsync(m => m.Recipient == silent.Email && m.Purpose == MailPurpose.Marketing, Cancel));
    }

    [Fact]
    public async Task At_sending_time_consent_the_cap_and_an_open_complaint_about_the_product_are_asked_again()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await TextAsync(staff, "praise", MailPurpose.Marketing, "Enak", "Tasty", "Isi.", "Body.", about: "kopi-susu");
        await RuleAsync(staff, "praise-rule", "praise");
        var (_, member) = await portal.Server.CustomerAsync(m => m.Consents = "email");
        var receipt = await portal.Server.BuysAsync(A.Purchase(member.Id, 250_000m));
        await using var db = portal.Server.OpenDatabase();
        var message = (await db.Set<OutboxRow>().AsNoTracking().SingleAsync(m => m.Recipient == member.Email && m.Purpose == MailPurpose.Marketing && m.EventId.EndsWith("/praise"), Cancel)).ToMessage();
        var store = portal.Server.Services.GetRequiredService<IOutboxStore>();
        var facts = await store.FactsAsync(message, Cancel);
        Assert.True(facts is { MarketingConsent: true, ComplaintOpen: false });

        db.Add(new CaseRow
        {
            Reference = "K-TEST-" + member.CardCode[..4],
            RequestId = Guid.NewGuid(),
            MemberId = member.Id,
            Language = "id-ID",
            Channel = global::Complaints.Cases.Channel.Web,
            Category = "product",
            Subject = "Dingin",
            PurchaseId = receipt.Purchase,
            IsOpen = true,
            CreatedAt = portal.Server.Time.GetUtcNow().UtcDateTime,
            CalendarId = "office",
        });
        for (var sent = 0; sent < 3; sent++)
            db.Add(new OutboxRow
            {
                Id = Guid.CreateVersion7(),
                Channel = "email",
                Template = "rule-offer",
                Recipient = message.Key.Recipient,
                EventId = $"earlier-{sent}",
                Purpose = MailPurpose.Marketing,
                Address = member.Email!,
                Language = "id",
                Zone = "Asia/Jakarta",
                Model = "{}",
                State = DeliveryState.Sent,
                SettledAt = portal.Server.Time.GetUtcNow().UtcDateTime.AddDays(-6),
            });
        await db.SaveChangesAsync(Cancel);
        var later = await store.FactsAsync(message, Cancel);
        Assert.True(later.ComplaintOpen);
        Assert.True(later.MarketingInWindow >= 3);

        await db.Set<MemberRow>().Where(m => m.Id == member.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.Consents, (string?)null), Cancel);
        Assert.False((await store.FactsAsync(message, Cancel)).MarketingConsent);
    }

    [Fact]
    public async Task Imports_tell_nobody()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await TextAsync(staff, "quiet", MailPurpose.Transactional, "Halo", "Hello", "Isi.", "Body.");
        await RuleAsync(staff, "quiet-rule", "quiet");
        var (_, member) = await portal.Server.CustomerAsync();
        await using (var work = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel))
        {
            await portal.Server.Services.GetRequiredService<RecordPurchase>().HandleAsync(work, A.Purchase(member.Id, 300_000m), "import", Cancel);
            await work.CommitAsync(Cancel);
        }

        await using var db = portal.Server.OpenDatabase();
        Assert.False(await db.Set<OutboxRow>().AnyAsync(m => m.Recipient == member.Email, Cancel));
    }

    [Fact]
    public async Task A_mistyped_word_is_refused_with_the_nearest_and_a_word_the_event_lacks_at_the_rule()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        var wrong = await TextAsync(staff, "typo", MailPurpose.Transactional, "Saldo {balanse}", "Balance", "Isi.", "Body.");
        Assert.Equal("/staff/messages/new", wrong.Path);
        Assert.Contains("{balance}", wrong.Element("#f-form-subjectid-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Saldo {balanse}", wrong.Element("[name='Form.SubjectId']").GetAttribute("value"));

        await TextAsync(staff, "expiry", MailPurpose.Transactional, "Hangus {last_day}", "Expire {last_day}", "{expiring_points}", "{expiring_points}");
        var refused = await RuleAsync(staff, "wrong-event", "expiry", publish: false);
        Assert.Contains("which this event does not have", refused.Text, StringComparison.Ordinal);
        var unknown = await RuleAsync(staff, "no-text", "", publish: false);
        Assert.Equal("true", unknown.Element("[name='Form.Effects[0].Template']").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task The_text_of_a_rule_in_force_does_not_change_but_a_copy_does()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        var draft = await TextAsync(staff, "fixed", MailPurpose.Transactional, "Halo", "Hello", "Isi.", "Body.");
        Assert.Contains("Body.", draft.Element(".letter[lang=en]").TextContent, StringComparison.Ordinal);
        await RuleAsync(staff, "fixed-rule", "fixed");

        var page = await staff.GetAsync("/staff/messages/fixed");
        Assert.Contains("does not change any more", page.Text, StringComparison.Ordinal);
        var late = await staff.SubmitAsync(draft, "message", ("SubjectEn", "Hello again"), ("Do", "save")); // was open before
        Assert.Contains("A rule in force sends this text meanwhile", late.Text, StringComparison.Ordinal);
        Assert.Equal("Hello again", late.Element("[name='Form.SubjectEn']").GetAttribute("value"));
        var copy = await staff.GetAsync("/staff/messages/new?from=fixed");
        Assert.Equal("fixed-2", copy.Element("[name='Form.Key']").GetAttribute("value"));
        Assert.Equal("/staff/messages/fixed-2", (await staff.SubmitAsync(copy, "message", ("SubjectEn", "Hello again"), ("Do", "save"))).Path);
        Assert.Contains("Halo", (await (await portal.Server.StaffAsync(Roles.Marketer, "id")).GetAsync("/staff/messages")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_only_sends_a_mail_says_that_customers_find_no_offer_of_it()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await TextAsync(staff, "only-mail", MailPurpose.Transactional, "Halo", "Hello", "Apa kabar?", "How are you?");
        const string Said = "find nothing among their offers";

        var both = await RuleAsync(staff, "mail-and-points", "only-mail", publish: false);
        var mail = await staff.SubmitAsync(await staff.GetAsync("/staff/rules/mail-and-points"), "rule", ("Form.Do", "remove:1"));
        await staff.SubmitAsync(mail, "rule", ("Form.Do", "save"));

        Assert.DoesNotContain(Said, both.Text, StringComparison.Ordinal);
        Assert.Contains(Said, (await staff.GetAsync("/staff/rules/mail-and-points")).Text, StringComparison.Ordinal);
    }

    internal static async Task<HtmlPage> TextAsync(Visitor staff, string key, MailPurpose purpose, string subjectId, string subjectEn, string bodyId, string bodyEn, string? about = null) =>
        await staff.SubmitAsync(await staff.GetAsync("/staff/messages/new"), "message",
            ("Form.Key", key), ("Form.Purpose", purpose.ToString()), ("Form.About", about ?? ""), ("Form.SubjectId", subjectId), ("Form.SubjectEn", subjectEn), ("Form.BodyId", bodyId), ("Form.BodyEn", bodyEn), ("Form.Do", "save"));

    /// <summary>Fifty points and a message for purchases of Rp250.000.</summary>
    internal static async Task<HtmlPage> RuleAsync(Visitor staff, string key, string text, bool publish = true)
    {
        var page = await staff.SubmitAsync(await staff.GetAsync("/staff/rules/new?start=basket"), "rule", ("Form.Do", "add:notify"));
        page = await staff.SubmitAsync(page, "rule", ("Form.Do", "remove:0"));
        page = await staff.SubmitAsync(page, "rule", ("Form.Do", "add:fixed_points"));
        page = await staff.SubmitAsync(page, "rule",
            ("Form.Key", key), ("Form.NameId", "Pesan " + key), ("Form.NameEn", "Message " + key), ("Form.Effects[0].Template", text), ("Form.Effects[1].Points", "50"), ("Form.Do", "save-publish"));
        return publish ? await staff.SubmitAsync(page, "step") : page;
    }

    private async Task<MemberRow> MemberAsync(MemberId id)
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<MemberRow>().AsNoTracking().SingleAsync(m => m.Id == id, Cancel);
    }
}

public sealed class RuleMessagesOnSqlite(SqlitePortal portal) : RuleMessageTests(portal), IClassFixture<SqlitePortal>;

public sealed class RuleMessagesOnPostgres(PostgresPortal portal) : RuleMessageTests(portal), IClassFixture<PostgresPortal>;
