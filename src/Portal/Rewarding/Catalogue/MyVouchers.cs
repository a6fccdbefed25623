using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Json;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Rewarding.Catalogue;

/// <summary>A voucher as its owner sees it.</summary>
/// <param name="Points">What it cost; null when a rule gave it.</param>
public sealed record MyVoucher(
    Guid Id, string Code, LocalizedText Name, VoucherTemplate Template, VoucherView View, DateTime IssuedAt, DateOnly ValidFrom, DateOnly ValidTo, DateTime? UsedAt, long UsesLeft, long? Points);

public enum VoucherView { Usable, NotYet, Reserved, Expired, Used, Revoked }

/// <summary>The vouchers of one member.</summary>
public sealed class MyVouchers(IDbContextFactory<PortalDb> databases, IOptions<PortalOptions> options, TimeProvider time)
{
    /// <summary>All of them: usable first, by the day they end; then the past, newest first.</summary>
    public async Task<IReadOnlyList<MyVoucher>> ListAsync(MemberId member, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.Set<VoucherRow>().AsNoTracking().Where(v => v.MemberId == member)
            .OrderByDescending(v => v.IssuedAt).Take(200).ToListAsync(cancel);
        var all = rows.Select(v => Show(v, null)).ToList();
        return [.. all.Where(v => v.View <= VoucherView.Reserved).OrderBy(v => v.ValidTo), .. all.Where(v => v.View > VoucherView.Reserved)];
    }

    /// <summary>One voucher of this member; null when there is none.</summary>
    public async Task<MyVoucher?> FindAsync(MemberId member, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<VoucherRow>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id && v.MemberId == member, cancel);
        if (row is null)
            return null;
        var points = await db.Set<TransferRow>()
            .Where(t => t.MemberId == member && t.Activity == row.IssuedFor && t.Kind == TransferKind.Redeem).SumAsync(t => (long?)t.Amount, cancel);
        return Show(row, points is > 0 ? points : null);
    }

    private MyVoucher Show(VoucherRow v, long? points) => new(
        v.Id, v.Code, new(v.NameId, v.NameEn), EngineJson.Read<VoucherTemplate>(v.Template), ViewOf(v, ProgrammeDays.Of(time.UtcNow(), options.Value.Zone)), v.IssuedAt, v.ValidFrom, v.ValidTo, v.UsedAt, v.UsesLeft, points);

    /// <param name="today">In the programme's zone.</param>
    internal static VoucherView ViewOf(VoucherRow v, DateOnly today) => v.State switch
    {
        VoucherState.Used => VoucherView.Used,
        VoucherState.Revoked => VoucherView.Revoked,
        _ when v.ValidTo < today => VoucherView.Expired,
        VoucherState.Reserved => VoucherView.Reserved,
        _ => v.ValidFrom > today ? VoucherView.NotYet : VoucherView.Usable,
    };
}
