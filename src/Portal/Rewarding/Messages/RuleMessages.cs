using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Notifications.Rendering;
using Notifications.Templates;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;

namespace Portal.Rewarding.Messages;

/// <summary>
/// Writes what rules say to a member, in the transaction of what it tells of. Whether advertising may go out is asked when
/// it is sent; here it is left out, and counted, at once when the member has not agreed to it.
/// </summary>
public sealed partial class RuleMessages(Outbox outbox, PublicAddress address, ILogger<RuleMessages> log)
{
    private const int MostEventId = 200;

    public async Task WriteAsync(
        RewardingWork work, MemberAccount account, CompiledRuleSet rules, Activity activity, Decision decision, IReadOnlyList<VoucherRow> vouchers, CancellationToken cancel)
    {
        var sends = decision.Effects.OfType<SendMessage>().DistinctBy(s => s.Template).ToList();
        var member = account.Row;
        // Imports and sample history tell nobody of what is long past.
        if (sends.Count == 0 || work.IsSilent || member.ClosedAt is not null)
            return;
        // Only to addresses that their owner has proven.
        var to = member.EmailConfirmedAt is null ? null : outbox.To(member.Email, member.Name, member.Language);
        foreach (var send in sends)
        {
            var text = await work.Db.Set<MessageTextRow>().FindAsync([send.Template], cancel);
            if (text is null)
                Gone(send.Template, send.Rule); // EditRules asks for it, and a text of a rule in force is not deleted: somebody else did
            if (text is null || to is null || (text.Purpose == MailPurpose.Marketing && !Agreed(member)))
            {
                work.Db.Add(new HeldMessageRow { Text = send.Template, Reason = text is null ? HeldReason.TextGone : to is null ? HeldReason.NoAddress : HeldReason.NoConsent, At = work.Now });
                continue;
            }
            var values = Values(account, rules, activity, decision, [.. vouchers.Where(v => v.IssuedBy == send.Rule)], to, work.Now);
            await WriteAsync(work, to, text, values, account, EventId(activity, send.Template), cancel);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The message text {Text} that rule {Rule} sends is gone; nothing is sent.")]
    private partial void Gone(string text, RewardsEngine.Values.RuleId rule);

    private async Task WriteAsync(
        RewardingWork work, Recipient to, MessageTextRow text, IReadOnlyDictionary<string, string> values, MemberAccount account, string eventId, CancellationToken cancel)
    {
        var (title, body) = Filled(text, to.Language, values);
        var url = address.Of("/home");
        if (text.Purpose == MailPurpose.Marketing)
            await outbox.AddTextAsync(work.Db, to, new RuleOfferMail(title, body, url, account.Id.Value, text.About), eventId, text.Key, cancel);
        else
            await outbox.AddTextAsync(work.Db, to, new RuleServiceMail(title, body, url), eventId, text.Key, cancel);
    }

    /// <summary>Advertising by mail is wanted: agreed to, to an address that was proven.</summary>
    public static bool Agreed(MemberRow member) =>
        member.EmailConfirmedAt is not null && (member.Consents ?? "").Split(',').Contains(Consents.Email);

    /// <summary>A text in a language with its values. What would break a subject line is left out of it.</summary>
    public static (string Title, string Body) Filled(MessageTextRow text, string language, IReadOnlyDictionary<string, string> values)
    {
        var indonesian = language.StartsWith("id", StringComparison.OrdinalIgnoreCase);
        var title = Placeholders.Fill(indonesian ? text.SubjectId : text.SubjectEn, values);
        return (new string([.. title.Where(c => !char.IsControl(c))]), Placeholders.Fill(indonesian ? text.BodyId : text.BodyEn, values));
    }

    private static Dictionary<string, string> Values(
        MemberAccount account, CompiledRuleSet rules, Activity activity, Decision decision, IReadOnlyList<VoucherRow> vouchers, Recipient to, DateTime now)
    {
        var programme = rules.Programme;
        var (language, formats) = (to.Language, new Formats(to.Language, to.Zone));
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["programme"] = programme.Name.In(language),
            ["points"] = Points(decision.PointsAwarded()),
            ["balance"] = Points(account.Wallet.Spendable(now)),
            ["tier"] = Tier(account.Row, programme, language),
        };
        if (vouchers.Count > 0)
        {
            values["voucher"] = language == Languages.Indonesian ? vouchers[0].NameId : vouchers[0].NameEn;
            values["voucher_code"] = string.Join(", ", vouchers.Select(v => v.Code));
            values["voucher_until"] = Day(vouchers[0].ValidTo);
        }
        switch (activity)
        {
            case Purchase when decision.Totals is { } totals: values["total"] = Money(totals.Total); break;
            case Payment payment: values["amount"] = Money(payment.Amount); break;
            case Anniversary anniversary: values["years"] = formats.Number(anniversary.Years); break;
            case PointsExpiring expiring:
                values["expiring_points"] = Points(expiring.Points);
                values["last_day"] = Day(expiring.LastDay);
                break;
            case CustomerLapsing lapsing: values["days"] = formats.Number(lapsing.DaysSincePurchase); break;
        }
        return values;

        // A wallet may have decimals; its rows hold the smallest unit.
        string Points(long points)
        {
            var shown = points / (decimal)Math.Pow(10, programme.Points.Decimals);
            return $"{formats.Number(shown)} {programme.PointsWord(shown, language)}";
        }

        string Money(decimal amount) => formats.Money(amount, programme.Currency.Code, programme.Currency.Decimals);

        string Day(DateOnly day) => formats.Date(ProgrammeDays.StartOf(day, rules.Zone).AddHours(12));
    }

    private static string Tier(MemberRow member, Programme programme, string language)
    {
        var key = member.TierKey is "" ? programme.TierRules?.Steps.MinBy(t => t.Minimum)?.Code : member.TierKey;
        return programme.Tiers.FirstOrDefault(t => t.Key == key)?.Name.In(language) ?? key ?? "–";
    }

    private static string EventId(Activity activity, string text)
    {
        var id = $"{activity.Type}:{activity.Reference}/{text}";
        return id.Length <= MostEventId ? id : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
    }
}
