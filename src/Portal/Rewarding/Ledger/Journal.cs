using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Portal.Data;

namespace Portal.Rewarding.Ledger;

/// <summary>
/// The ledger rows that a work is about to write: transfers, lots and balances. They go to the database as sets, beside the
/// change tracker, because nothing is written as often, and through the tracker a row costs several times as much.
/// </summary>
internal sealed class Journal
{
    private readonly List<TransferRow> transfers = [];
    private readonly List<LotRow> openedLots = [];
    private readonly List<LotRow> changedLots = [];
    private readonly List<WalletRow> openedWallets = [];
    private readonly List<ChangedWallet> changedWallets = [];
    private readonly HashSet<object> noted = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<TransferRow> Transfers => transfers;

    public IReadOnlyList<LotRow> OpenedLots => openedLots;

    public IReadOnlyList<LotRow> ChangedLots => changedLots;

    public IReadOnlyList<WalletRow> OpenedWallets => openedWallets;

    /// <summary>Balances with the version that was read: they are written only if it still stands.</summary>
    public IReadOnlyList<ChangedWallet> ChangedWallets => changedWallets;

    public void Add(TransferRow transfer) => transfers.Add(transfer);

    public void Open(LotRow lot)
    {
        if (noted.Add(lot))
            openedLots.Add(lot);
    }

    public void Change(LotRow lot)
    {
        if (noted.Add(lot))
            changedLots.Add(lot);
    }

    public void Open(WalletRow wallet)
    {
        if (noted.Add(wallet))
            openedWallets.Add(wallet);
    }

    /// <summary>To be called before the row takes its new state.</summary>
    public void Change(WalletRow wallet)
    {
        if (noted.Add(wallet))
            changedWallets.Add(new(wallet, wallet.Version));
    }

    /// <exception cref="DbUpdateException">A row is refused; as from the change tracker.</exception>
    /// <exception cref="DbUpdateConcurrencyException">A balance is no longer what was read.</exception>
    public async Task WriteAsync(PortalDb db, CancellationToken cancel)
    {
        if (noted.Count == 0 && transfers.Count == 0)
            return;
        // Side by side in their index, so that neighbours are found in the cache.
        transfers.Sort((a, b) => (a.MemberId.Value, a.WalletVersion, a.Ordinal).CompareTo((b.MemberId.Value, b.WalletVersion, b.Ordinal)));
        openedLots.Sort((a, b) => a.MemberId.Value.CompareTo(b.MemberId.Value));
        changedWallets.Sort((a, b) => a.Row.MemberId.Value.CompareTo(b.Row.MemberId.Value));
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        int balances;
        try
        {
            balances = transaction is NpgsqlTransaction postgres
                ? await PostgresJournal.WriteAsync(this, postgres, cancel)
                : SqliteJournal.Write(this, (SqliteConnection)transaction.Connection!);
        }
        catch (DbException e)
        {
            throw new DbUpdateException("The ledger could not be written.", e);
        }
        if (balances != changedWallets.Count)
            throw new DbUpdateConcurrencyException($"{changedWallets.Count - balances} of {changedWallets.Count} balances changed since they were read.");
    }
}
