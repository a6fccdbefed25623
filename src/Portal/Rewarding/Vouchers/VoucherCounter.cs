using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Decisions;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Json;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Rewarding.Vouchers;

/// <summary>A voucher as the counter sees it.</summary>
/// <param name="Card">The owner's card code; null when it belongs to nobody.</param>
/// <param name="UsedOn">The reference it was last used on.</param>
public sealed record CounterVoucher(
    Guid Id, string Code, LocalizedText Name, VoucherTemplate Template, VoucherView View, DateOnly ValidFrom, DateOnly ValidTo, long UsesLeft,
    DateTime? UsedAt, string? UsedOn, MemberId? Owner, string? OwnerName, string? Card)
{
    /// <summary>The last four characters of the card: enough to compare, too little to use.</summary>
    public string? MaskedCard => Card is { Length: > 4 } card ? new string('•', card.Length - 4) + card[^4..] : null;
}

/// <summary>Where a voucher comes from and went.</summary>
/// <param name="Issuing">The decision that issued it; null where no rule did.</param>
/// <param name="Using">The decision on the sale it was last used on; null where it was used without one.</param>
public sealed record VoucherPath(DateTime IssuedAt, Guid? Issuing, Guid? Using);

/// <summary>What using a voucher led to.</summary>
public sealed record VoucherUsed(CounterVoucher Voucher, bool Repeated);

/// <summary>Checks vouchers and marks them as used, at the counter and from tills.</summary>
public sealed class VoucherCounter(IDbContextFactory<PortalDb> databases, Rewards rewards, IOptions<PortalOptions> options, TimeProvider time)
{
    /// <summary>As stored, from what somebody typed or scanned.</summary>
    public static string Normalise(string typed) => string.Concat(typed.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>Null when there is no such voucher.</summary>
    public async Task<CounterVoucher?> FindAsync(string code, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await FindAsync(db, Normalise(code), cancel);
    }

    /// <summary>For staff; a till is not told.</summary>
    public async Task<VoucherPath> PathAsync(Guid voucher, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<VoucherRow>().AsNoTracking().SingleAsync(v => v.Id == voucher, cancel);
        var used = row.UsedOn is { } on ? DecisionIds.Cause(ActivityTypes.Purchase, on) : null;
        var decisions = await DecisionIds.OfAsync(db, new[] { row.IssuedFor, used }.OfType<string>(), cancel);
        return new(row.IssuedAt, Of(row.IssuedFor), Of(used));

        Guid? Of(string? cause) => cause is not null && decisions.TryGetValue(cause, out var decision) ? decision : null;
    }

    /// <summary>Uses it once. The same reference again changes nothing; of two who use the last one at once, one is refused.</summary>
    public async Task<Result<VoucherUsed>> UseAsync(string code, string reference, string by, CancellationToken cancel)
    {
        var normal = Normalise(code);
        await using var work = await rewards.BeginAsync(cancel);
        if (await FindAsync(work.Db, normal, cancel) is not { } voucher)
            return new Refusal("voucher.unknown");
        var today = ProgrammeDays.Of(work.Now, options.Value.Zone);
        var taken = await work.Db.Set<VoucherRow>()
            .Where(v => v.Id == voucher.Id && v.State == VoucherState.Active && v.UsesLeft > 0 && v.ValidFrom <= today && v.ValidTo >= today
                && !work.Db.Set<VoucherUseRow>().Any(u => u.VoucherId == v.Id && u.Reference == reference))
            .ExecuteUpdateAsync(s => s
                .SetProperty(v => v.UsesLeft, v => v.UsesLeft - 1)
                .SetProperty(v => v.State, v => v.UsesLeft == 1 ? VoucherState.Used : VoucherState.Active)
                .SetProperty(v => v.UsedAt, work.Now)
                .SetProperty(v => v.UsedBy, by)
                .SetProperty(v => v.UsedOn, reference), cancel);
        if (taken == 0)
        {
            var now = (await FindAsync(work.Db, normal, cancel))!;
            return await work.Db.Set<VoucherUseRow>().AnyAsync(u => u.VoucherId == voucher.Id && u.Reference == reference, cancel)
                ? new VoucherUsed(now, Repeated: true)
                : new Refusal("voucher.unusable", null, now.View);
        }
        work.Db.Add(new VoucherUseRow { VoucherId = voucher.Id, Reference = reference, At = work.Now, By = by });
        await work.Db.SaveChangesAsync(cancel);
        var after = (await FindAsync(work.Db, normal, cancel))!;
        await work.CommitAsync(cancel);
        return new VoucherUsed(after, Repeated: false);
    }

    private async Task<CounterVoucher?> FindAsync(PortalDb db, string code, CancellationToken cancel)
    {
        var found = await (
            from v in db.Set<VoucherRow>().AsNoTracking()
            where v.Code == code
            join m in db.Set<MemberRow>() on v.MemberId equals m.Id into owners
            from owner in owners.DefaultIfEmpty()
            select new { Voucher = v, Name = owner == null ? null : owner.Name, Card = owner == null ? null : owner.CardCode }).SingleOrDefaultAsync(cancel);
        if (found is null)
            return null;
        var (voucher, today) = (found.Voucher, ProgrammeDays.Of(time.UtcNow(), options.Value.Zone));
        return new(
            voucher.Id, voucher.Code, new(voucher.NameId, voucher.NameEn), EngineJson.Read<VoucherTemplate>(voucher.Template), MyVouchers.ViewOf(voucher, today),
            voucher.ValidFrom, voucher.ValidTo, voucher.UsesLeft, voucher.UsedAt, voucher.UsedOn, voucher.MemberId, found.Name, found.Card);
    }
}
