using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Purchases;
using RewardsEngine.Values;

namespace Portal.Features.Profile;

/// <summary>Purchases, points and vouchers. The ledger keeps no name; recorded decisions lose what they read of the person.</summary>
internal sealed class PointsData : IMemberData
{
    public string Name => "points";

    public Task MoveAsync(PortalDb db, MemberId from, MemberId to, CancellationToken cancel) =>
        db.Set<VoucherRow>().Where(v => v.MemberId == from).ExecuteUpdateAsync(s => s.SetProperty(v => v.MemberId, to), cancel);

    /// <summary>Open vouchers end with the membership; what decisions had read of the person goes.</summary>
    public async Task EraseAsync(PortalDb db, MemberId member, CancellationToken cancel)
    {
        await db.Set<VoucherRow>().Where(v => v.MemberId == member && (v.State == VoucherState.Active || v.State == VoucherState.Reserved))
            .ExecuteUpdateAsync(s => s.SetProperty(v => v.State, VoucherState.Revoked), cancel);
        await InputErasure.EraseAsync(db, member, cancel);
    }

    public async Task<object> ExportAsync(PortalDb db, MemberId member, CancellationToken cancel) => new
    {
        Balance = await db.Set<WalletRow>().AsNoTracking().Where(w => w.MemberId == member).Select(w => new { w.Available, w.Pending, w.Held, w.Debt }).SingleOrDefaultAsync(cancel),
        Movements = await db.Set<TransferRow>().AsNoTracking().Where(t => t.MemberId == member).OrderBy(t => t.WalletVersion).ThenBy(t => t.Ordinal)
            .Select(t => new { Kind = t.Kind.ToString(), t.Amount, t.EffectiveAt, t.ExpiresAt, t.Activity, t.Reason }).ToListAsync(cancel),
        Vouchers = await db.Set<VoucherRow>().AsNoTracking().Where(v => v.MemberId == member).OrderBy(v => v.IssuedAt)
            .Select(v => new { v.Code, Name = v.NameEn, v.IssuedAt, v.ValidFrom, v.ValidTo, State = v.State.ToString(), v.UsedAt }).ToListAsync(cancel),
        Purchases = await db.Set<PurchaseRow>().AsNoTracking().Where(p => p.MemberId == member).OrderBy(p => p.OccurredAt)
            .Select(p => new
            {
                Kind = p.Kind.ToString(),
                p.Reference,
                p.OccurredAt,
                p.Currency,
                TotalInMinorUnits = p.Total,
                p.Points,
                p.Store,
                Lines = p.Lines.OrderBy(l => l.Position).Select(l => new { l.Sku, l.Name, l.Quantity, NetInMinorUnits = l.Net }).ToList(),
            }).ToListAsync(cancel),
    };
}
