using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RewardsEngine.Activities;
using RewardsEngine.Json;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Rewarding.Decisions;

internal static class VoucherIssuer
{
    // No 0, O, 1, I: a voucher is read from a screen and typed at a till.
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static string NewCode() => RandomNumberGenerator.GetString(Alphabet, 10);

    /// <summary>A paid purchase frees the vouchers it reserved. Safe to repeat.</summary>
    public static Task ConfirmAsync(RewardingWork work, MemberId member, string purchase, CancellationToken cancel)
    {
        var issuedFor = DecisionIds.Cause(ActivityTypes.Purchase, purchase);
        return work.Db.Set<VoucherRow>().Where(v => v.IssuedFor == issuedFor && v.MemberId == member && v.State == VoucherState.Reserved)
            .ExecuteUpdateAsync(s => s.SetProperty(v => v.State, VoucherState.Active), cancel);
    }

    public static VoucherRow Issue(
        RewardingWork work, MemberId member, VoucherTemplate template, RuleId by, Activity activity, DateOnly from, DateOnly to)
    {
        var row = new VoucherRow
        {
            Code = NewCode(),
            MemberId = member,
            Template = EngineJson.Write(template),
            NameId = template.Name.Id,
            NameEn = template.Name.En,
            IssuedBy = by,
            IssuedFor = DecisionIds.Cause(activity.Type, activity.Reference),
            IssuedAt = activity.OccurredAt,
            ValidFrom = from,
            ValidTo = to,
            State = template.ReservedUntilConfirmed ? VoucherState.Reserved : VoucherState.Active,
            UsesLeft = template.Uses,
        };
        work.Db.Add(row);
        return row;
    }
}
