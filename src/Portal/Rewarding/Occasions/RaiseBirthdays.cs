using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Values;

namespace Portal.Rewarding.Occasions;

/// <summary>
/// Tells the rules whose birthday it is in the programme's zone; who was born on 29 February has it on the 28th in common years.
/// Once a year for each member however often it runs, on however many nodes.
/// </summary>
public sealed class RaiseBirthdays(IDbContextFactory<PortalDb> databases, Rewards rewards, ProgrammeStore programmes, TimeProvider time)
{
    /// <returns>How many birthdays were raised.</returns>
    public async Task<int> HandleAsync(CancellationToken cancel)
    {
        if (!await programmes.ExistsAsync(cancel))
            return 0;
        var rules = await programmes.CurrentAsync(cancel);
        var today = ProgrammeDays.Of(time.UtcNow(), rules.Zone);
        var raised = 0;
        foreach (var member in rules.For(ActivityTypes.Birthday).Count > 0 ? await BornOnAsync(today, cancel) : [])
        {
            await using var work = await rewards.BeginAsync(cancel);
            var activity = new Birthday { Reference = FormattableString.Invariant($"birthday:{member}:{today.Year}"), Member = member, OccurredAt = work.Now };
            // Looked for under the member's lock: two nodes at once raise it once.
            if (await work.FindAsync(member, cancel) is not { } account || await Decider.KnownAsync(work.Db, activity.Type, activity.Reference, cancel) is not null)
                continue;
            await rewards.DecideAsync(work, account, activity, cancel);
            await work.CommitAsync(cancel);
            raised++;
        }
        return raised;
    }

    private async Task<List<MemberId>> BornOnAsync(DateOnly today, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var day = MemberRow.InYear(today.Month, today.Day);
        var andDay = today is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(today.Year) ? MemberRow.InYear(2, 29) : day;
        var lately = time.UtcNow().AddDays(-300); // longer than any day lasts anywhere, shorter than a year
        return await db.Set<MemberRow>()
            .Where(m => (m.BirthdayInYear == day || m.BirthdayInYear == andDay) && m.ClosedAt == null && m.ClaimedAt != null)
            .Where(m => !db.Set<ActivityRow>().Any(a => a.MemberId == m.Id && a.Type == ActivityTypes.Birthday && a.OccurredAt >= lately))
            .Select(m => m.Id).ToListAsync(cancel);
    }
}
