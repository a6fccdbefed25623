using Microsoft.EntityFrameworkCore;
using Portal.Data;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Rewarding.Ledger;

/// <summary>
/// Reads lots: those that have a row, and those of later credits, which are what their transfer says. Most points are never
/// looked at one by one, so a credit does not write a second row for them.
/// </summary>
internal static class LotReader
{
    /// <summary>What can leave its lot unwritten.</summary>
    public static readonly TransferKind[] Credits = [TransferKind.Accrue, TransferKind.AccruePending, TransferKind.AdjustUp];

    /// <summary>Lots with something left.</summary>
    public static async Task<List<LotRow>> OpenAsync(PortalDb db, IReadOnlyCollection<WalletRow> wallets, CancellationToken cancel)
    {
        var written = wallets.Where(w => w.LotsThrough > 0).Select(w => w.MemberId).ToList();
        var rows = written.Count == 0 ? [] : await db.Set<LotRow>().AsNoTracking().Where(l => written.Contains(l.MemberId) && l.IsOpen).ToListAsync(cancel);
        return await WithUntouchedAsync(db, rows, wallets, cancel);
    }

    /// <summary>All lots, also the emptied ones.</summary>
    public static async Task<List<LotRow>> AllAsync(PortalDb db, IReadOnlyCollection<WalletRow> wallets, CancellationToken cancel)
    {
        var members = wallets.Select(w => w.MemberId).ToList();
        return await WithUntouchedAsync(db, await db.Set<LotRow>().AsNoTracking().Where(l => members.Contains(l.MemberId)).ToListAsync(cancel), wallets, cancel);
    }

    private static async Task<List<LotRow>> WithUntouchedAsync(PortalDb db, List<LotRow> rows, IReadOnlyCollection<WalletRow> wallets, CancellationToken cancel)
    {
        var credited = wallets.Where(w => w.LotsThrough < w.Version).Select(w => w.MemberId).ToList();
        if (credited.Count == 0)
            return rows;
        var credits = await (
            from wallet in db.Set<WalletRow>()
            where credited.Contains(wallet.MemberId)
            from transfer in db.Set<TransferRow>()
            where transfer.MemberId == wallet.MemberId && transfer.WalletVersion > wallet.LotsThrough && Credits.Contains(transfer.Kind)
            select transfer).AsNoTracking().ToListAsync(cancel);
        var known = rows.Select(l => l.Id).ToHashSet();
        rows.AddRange(credits.Where(t => known.Add(t.LotId!.Value)).Select(LotRow.Untouched));
        return rows;
    }
}
