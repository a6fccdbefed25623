using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Members;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding;

/// <summary>What the live rules give for something that has not happened yet.</summary>
public sealed record Benefits(long Points, IReadOnlyList<LocalizedText> Vouchers)
{
    public bool Any => Points > 0 || Vouchers.Count > 0;

    internal static Benefits Of(Decision decision) => new(
        decision.Effects.OfType<AwardPoints>().Sum(p => p.Points),
        [.. decision.Effects.OfType<IssueVoucher>().SelectMany(v => Enumerable.Repeat(v.Voucher.Name, v.Count))]);
}

/// <summary>Asks the engine what joining or completing a profile would give, with the rules as they are now. Reads only; takes no lock.</summary>
public sealed class BenefitPreview(ProgrammeStore programmes, IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    public async Task<Benefits> ForJoiningAsync(CancellationToken cancel)
    {
        var now = time.UtcNow();
        var rules = await programmes.CurrentAsync(cancel);
        var newcomer = new MemberSnapshot { Id = new(Guid.CreateVersion7()), Joined = now };
        return Preview(rules, newcomer, new Registered { Reference = "preview", Member = newcomer.Id, OccurredAt = now, Channel = "web" });
    }

    /// <summary>By field, for the fields that give something.</summary>
    public async Task<IReadOnlyDictionary<string, Benefits>> ForFieldsAsync(MemberId member, IEnumerable<string> fields, CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = await programmes.CurrentAsync(db, cancel);
        var row = await db.Set<MemberRow>().AsNoTracking().SingleAsync(m => m.Id == member, cancel);
        var wallet = await db.Set<WalletRow>().AsNoTracking().SingleAsync(w => w.MemberId == member, cancel);
        var snapshot = await Snapshots.TakeAsync(db, new(db, new Journal(), row, wallet, [], []), rules, ActivityTypes.ProfileCompleted, now, cancel);
        return fields
            .Select(f => (Field: f, Benefits: Preview(rules, snapshot, new ProfileCompleted { Reference = "preview", Member = member, OccurredAt = now, Field = f })))
            .Where(b => b.Benefits.Any)
            .ToDictionary(b => b.Field, b => b.Benefits);
    }

    private static Benefits Preview(CompiledRuleSet rules, MemberSnapshot member, Activity activity) =>
        Benefits.Of(Engine.Decide(rules, member, activity, Resources.None));
}
