using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Messages;
using Portal.Features.Messages;
using Portal.Features.Messages.Staff;
using Portal.Identity;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Messages;
using Portal.Tests.Platform.Mail;
using Tests.Shared;

namespace Portal.Tests.Messages;

/// <summary>A marketer sees whether a text works: what went out, what waits, what was held back and why.</summary>
public abstract class MessageCountTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTime Now => portal.Server.Time.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task A_text_shows_what_was_sent_what_waits_and_what_was_held_back_and_why()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await RuleMessageTests.TextAsync(staff, "counted", MailPurpose.Marketing, "Biji baru", "New beans", "Isi.", "Body.");
        await RuleMessageTests.RuleAsync(staff, "counted-rule", "counted");
        var agreed = new List<MemberRow>();
        for (var i = 0; i < 6; i++)
            agreed.Add((await portal.Server.CustomerAsync(m => m.Consents = Consents.Email)).Member);
        var (_, silent) = await portal.Server.CustomerAsync();
        var (_, unproven) = await portal.Server.CustomerAsync(m => (m.Consents, m.EmailConfirmedAt) = (Consents.Email, null));
        foreach (var member in agreed.Append(silent).Append(unproven))
            await portal.Server.BuysAsync(A.Purchase(member.Id, 250_000m));
        await using (var db = portal.Server.OpenDatabase())
        {
            await SetAsync(agreed[0], DeliveryState.Sent, "250", Now);
            await SetAsync(agreed[1], DeliveryState.Suppressed, "frequency-cap", Now);
            await SetAsync(agreed[2], DeliveryState.Suppressed, "no-consent", Now);
            await SetAsync(agreed[3], DeliveryState.Pending, null, Now.AddHours(9)); // quiet hours
            await SetAsync(agreed[4], DeliveryState.SoftBounce, "451", Now.AddMinutes(5));
            await SetAsync(agreed[5], DeliveryState.Unknown, "?", Now);

            Task SetAsync(MemberRow member, DeliveryState state, string? detail, DateTime due) => db.Set<OutboxRow>()
                .Where(m => m.Recipient == member.Email && m.Text == "counted")
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, state).SetProperty(m => m.Detail, detail).SetProperty(m => m.DueAt, due), Cancel);
        }

        var count = (await portal.Server.Services.GetRequiredService<MessageCounts>().ReadAsync(7, "counted", Cancel))["counted"];
        Assert.Equal((1, 1, 1, 8), (count.Sent, count.OnTheWay, count.ForHours, count.All));
        Assert.Equal(["no-consent 2", "frequency-cap 1", "no-address 1", "uncertain 1"], count.Reasons.Select(r => $"{r.Reason} {r.Count}"));
        var page = await staff.GetAsync("/staff/messages?days=7");
        Assert.Contains("No consent to offers: 2", page.Text, StringComparison.Ordinal);
        Assert.Contains("Number of offers reached: 1", page.Text, StringComparison.Ordinal);
        Assert.Equal("7", page.Element("select[name=days] option[selected]").GetAttribute("value"));
        Assert.Contains("Wait for the end of the quiet hours", (await staff.GetAsync("/staff/messages/counted")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Count.", (await (await portal.Server.StaffAsync(Roles.Manager, "id")).GetAsync("/staff/messages")).Text, StringComparison.Ordinal);

        await using (var db = portal.Server.OpenDatabase()) // what is older than the period is left out
        {
            await db.Set<OutboxRow>().Where(m => m.Text == "counted").ExecuteDeleteAsync(Cancel);
            await db.Set<HeldMessageRow>().ExecuteDeleteAsync(Cancel);
            db.Add(new HeldMessageRow { Text = "counted", Reason = HeldReason.NoConsent, At = Now.AddDays(-8) });
            await db.SaveChangesAsync(Cancel);
        }
        var counts = portal.Server.Services.GetRequiredService<MessageCounts>();
        Assert.Empty(await counts.ReadAsync(7, "counted", Cancel));
        Assert.Equal(1, (await counts.ReadAsync(30, null, Cancel))["counted"].HeldBack);
    }

    [Fact]
    public async Task What_was_not_written_is_forgotten_when_no_period_counts_it_any_more()
    {
        Assert.Equal(MessageCounts.Periods.Max(), LeastKept() - 1);
        await using (var db = portal.Server.OpenDatabase())
        {
            foreach (var days in new[] { 1, 364, 399, 401, 1_000 })
                db.Add(new HeldMessageRow { Text = "forgotten", Reason = HeldReason.NoAddress, At = Now.AddDays(-days) });
            await db.SaveChangesAsync(Cancel);
        }
        var forget = portal.Server.Services.GetRequiredService<ForgetHeldMessages>();

        Assert.Equal(2, await forget.HandleAsync(Cancel));
        Assert.Equal(0, await forget.HandleAsync(Cancel));

        await using var after = portal.Server.OpenDatabase();
        Assert.Equal(Now.AddDays(-399), await after.Set<HeldMessageRow>().Where(h => h.Text == "forgotten").MinAsync(h => h.At, Cancel));
        Assert.Equal(2, (await portal.Server.Services.GetRequiredService<MessageCounts>().ReadAsync(365, "forgotten", Cancel))["forgotten"].HeldBack);

        static int LeastKept() => (int)typeof(MessageOptions).GetProperty(nameof(MessageOptions.KeepHeldDays))!.GetCustomAttribute<RangeAttribute>()!.Minimum;
    }

    [Fact]
    public async Task A_text_that_is_gone_all_the_same_is_counted_and_shown_and_stops_no_sale()
    {
        var staff = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await RuleMessageTests.TextAsync(staff, "vanished", MailPurpose.Transactional, "Halo", "Hello", "Isi.", "Body.");
        await RuleMessageTests.RuleAsync(staff, "vanished-rule", "vanished");
        await using (var db = portal.Server.OpenDatabase())
            await db.Set<MessageTextRow>().Where(t => t.Key == "vanished").ExecuteDeleteAsync(Cancel);
        var (_, member) = await portal.Server.CustomerAsync();

        await portal.Server.BuysAsync(A.Purchase(member.Id, 250_000m));

        var page = await staff.GetAsync("/staff/messages");
        Assert.Contains("vanished", page.Element(".alert.bad").TextContent, StringComparison.Ordinal);
        await using var after = portal.Server.OpenDatabase();
        Assert.Equal(HeldReason.TextGone, Assert.Single(await after.Set<HeldMessageRow>().Where(h => h.Text == "vanished").ToListAsync(Cancel)).Reason);
        Assert.False(await after.Set<OutboxRow>().AnyAsync(m => m.Text == "vanished", Cancel));
    }
}

public sealed class MessageCountsOnSqlite(QuietSqlite portal) : MessageCountTests(portal), IClassFixture<QuietSqlite>;

public sealed class MessageCountsOnPostgres(QuietPostgres portal) : MessageCountTests(portal), IClassFixture<QuietPostgres>;
