using Notifications.Templates;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Rewarding.Ledger;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;

namespace Portal.Rewarding.Purchases;

/// <summary>Tells a member what a purchase earned and why, in the purchase's own transaction. Imports and demo history stay silent.</summary>
public sealed class PurchaseMail(Outbox outbox, PublicAddress address)
{
    /// <summary>The sources whose purchases happen now, so that a mail about them is news.</summary>
    public static bool IsNews(string source) => source is "api" or "staff";

    public async Task WriteAsync(RewardingWork work, MemberAccount account, Programme programme, Purchase purchase, Decision decision, Guid id, CancellationToken cancel)
    {
        var points = decision.PointsAwarded();
        // Only to addresses that their owner has proven: a till may have been told any address.
        if (points <= 0 || account.Row.EmailConfirmedAt is null || outbox.To(account.Row.Email, account.Row.Name, account.Row.Language) is not { } to)
            return;
        var language = account.Row.Language;
        var awards = decision.Effects.OfType<AwardPoints>().ToList();
        var pendingUntil = awards.Max(a => a.ActiveFrom);
        var totals = decision.Totals!;
        var store = purchase.Store ?? purchase.Channel;
        var indonesian = language.StartsWith("id", StringComparison.OrdinalIgnoreCase);
        var source = (indonesian ? "Pembelian " : "Purchase ") + purchase.Reference + (store is null ? "" : (indonesian ? " di " : " at ") + store);
        await outbox.AddAsync(work.Db, to, new PointsEarnedMail(
            points,
            pendingUntil > work.Now ? pendingUntil : null,
            source,
            purchase.OccurredAt,
            new(totals.Total, programme.Currency.Code, programme.Currency.Decimals),
            [.. decision.Explanation.Applied.Where(r => r.Points > 0).Select(r => new MailReason(r.Name.In(language), r.Points))],
            account.Wallet.Spendable(work.Now),
            address.Of($"/transactions/{id}")), $"purchase:{purchase.Reference}", null, cancel);
    }
}
