using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Conformance.Rewards;

/// <summary>Points kept by the real portal in an empty database of its own, which vanishes at the end.</summary>
public sealed class DatabaseBookkeeping : IBookkeeping
{
    private readonly WebApplication _portal;
    private readonly DirectoryInfo _directory;
    private readonly TemporaryPostgres? _postgres;

    private DatabaseBookkeeping(WebApplication portal, DirectoryInfo directory, TemporaryPostgres? postgres)
    {
        _portal = portal;
        _directory = directory;
        _postgres = postgres;
    }

    /// <summary>The portal's services, for steps that use more than points.</summary>
    public IServiceProvider Services => _portal.Services;

    /// <summary>Grows whenever other rules are put in force.</summary>
    public int Publications { get; private set; }

    private Portal.Rewarding.Rewards Rewards => _portal.Services.GetRequiredService<Portal.Rewarding.Rewards>();

    public static async Task<DatabaseBookkeeping> OpenAsync(bool postgres)
    {
        var directory = Directory.CreateTempSubdirectory("loyalty-conformance-");
        var server = postgres ? await TemporaryPostgres.StartAsync() : null;
        var portal = PortalProgram.Build(
        [
            "--environment=Production", "--Logging:LogLevel:Default=Critical", "--Demo:Enabled=false",
            $"--Portal:DataDirectory={directory.FullName}", $"--ConnectionStrings:Portal={server?.ConnectionString}",
        ], serve: false);
        await StartUp.PrepareAsync(portal.Services, CancellationToken.None);
        return new DatabaseBookkeeping(portal, directory, server);
    }

    public async Task<IMemberBooks> OpenMemberAsync()
    {
        await using var work = await Rewards.BeginAsync(CancellationToken.None);
        var member = work.Add(new MemberRow { CardCode = CardCode.New() }).Id;
        await work.CommitAsync(CancellationToken.None);
        return new Member(Rewards, member);
    }

    /// <summary>Puts rules, and the programme if one is given, in force in place of all that were; more rows may be written in the same transaction.</summary>
    public async Task ReplaceRulesAsync(IReadOnlyList<Rule> rules, Programme? programme, Func<PortalDb, Task>? more = null)
    {
        Publications++;
        await using var db = await Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var before = await db.Set<PublishedRuleRow>().Where(row => row.UntilSet == null).Select(row => row.RuleId).ToListAsync();
        await Services.GetRequiredService<ProgrammeStore>().PublishAsync(db, rules, [.. before.Except(rules.Select(rule => rule.Id))], programme, null, CancellationToken.None);
        if (more is not null) await more(db);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_postgres is not null) await _postgres.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>Each change is one transaction, as in every use case.</summary>
    private sealed class Member(Portal.Rewarding.Rewards rewards, MemberId id) : IMemberBooks
    {
        // What a use case knows from its own stored activity: changes that were accepted, also those that moved nothing.
        private readonly HashSet<string> _accepted = new(StringComparer.Ordinal);

        public async Task<LedgerOutcome> PostAsync(Posting posting, Func<Wallet, Posting, LedgerOutcome> change)
        {
            await using var work = await rewards.BeginAsync(CancellationToken.None);
            var account = await LoadAsync(work);
            if (Known(posting.Reference)) return new LedgerOutcome(account.Wallet, [], LedgerRefusal.Duplicate);
            var outcome = account.Apply(change(account.Wallet, posting));
            await work.CommitAsync(CancellationToken.None);
            if (outcome.Accepted) lock (_accepted) _accepted.Add(posting.Reference);
            return outcome;
        }

        public async Task SettleAsync(DateTime at, bool expire)
        {
            await using var work = await rewards.BeginAsync(CancellationToken.None);
            var account = await LoadAsync(work);
            account.Apply(Ledger.Activate(account.Wallet, at));
            account.Apply(Ledger.TimeOut(account.Wallet, at));
            if (expire) account.Apply(Ledger.Expire(account.Wallet, at));
            await work.CommitAsync(CancellationToken.None);
        }

        public async Task<Wallet> WalletAsync()
        {
            await using var work = await rewards.BeginAsync(CancellationToken.None);
            return (await LoadAsync(work)).Wallet;
        }

        public async Task<IReadOnlyList<Transfer>> TransfersAsync()
        {
            await using var work = await rewards.BeginAsync(CancellationToken.None);
            var rows = await work.Db.Set<TransferRow>().Where(row => row.MemberId == id)
                .OrderBy(row => row.WalletVersion).ThenBy(row => row.Ordinal).ToListAsync();
            return [.. rows.Select(row => row.ToTransfer())];
        }

        private async Task<MemberAccount> LoadAsync(RewardingWork work)
        {
            var account = await work.FindAsync(id, CancellationToken.None)
                ?? throw new InvalidOperationException($"Member {id} is gone.");
            var lots = await work.Db.Set<LotRow>().Where(lot => lot.MemberId == id).Select(lot => lot.Id).ToListAsync();
            await account.LoadLotsAsync(lots, CancellationToken.None);
            return account;
        }

        private bool Known(string reference)
        {
            lock (_accepted) return _accepted.Contains(reference);
        }
    }
}
