using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Staff.Routing;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Features.Complaints.Thread;
using Portal.Platform;

namespace Portal.Features.Complaints.Staff;

/// <summary>Gives a case to a team or a person, or lets the rules decide again.</summary>
internal sealed class HandOver(Portal.Rewarding.Rewards rewards, CaseBook book, CaseRouter router)
{
    public async Task<Result<CaseState>> ToAsync(StaffDoor door, string? team, Guid? person, Actor by, int? seen, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await book.LockAsync(work.Db, door.Of(work.Db.Set<CaseRow>()), cancel) is not { } open)
            return new Refusal("case.gone");
        if (Collision.Of(open.Case, by, seen) is { } collision)
            return collision;
        if (team is not null && !await work.Db.Set<TeamRow>().AnyAsync(t => t.Key == team, cancel) || person is { } id && !await work.Db.UserRoles.AnyAsync(r => r.UserId == id, cancel))
            return new Refusal("case.nobody");
        var step = CaseMachine.Apply(open.Case, new Assign(person?.ToString(), team), open.Context(work.Now, by));
        if (!step.Succeeded)
            return TakeStep.Refused(step.Refusal);
        open = await router.FollowTeamAsync(work.Db, await book.AppendAsync(work.Db, open.Row, step, work.Now, cancel), work.Now, cancel);
        await work.CommitAsync(cancel);
        return open.Case.State;
    }

    public async Task<Result<CaseState>> ByRulesAsync(StaffDoor door, Actor by, int? seen, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await book.LockAsync(work.Db, door.Of(work.Db.Set<CaseRow>()), cancel) is not { } open)
            return new Refusal("case.gone");
        if (Collision.Of(open.Case, by, seen) is { } collision)
            return collision;
        var routed = await router.RouteAsync(work.Db, open, by, work.Now, cancel);
        if (routed.Case.Version == open.Case.Version)
            return new Refusal("case.no_rule");
        await work.CommitAsync(cancel);
        return routed.Case.State;
    }

    /// <summary>Where and about what: for reports and rules, not for the customer.</summary>
    public async Task<Result<Done>> AboutAsync(StaffDoor door, string? store, string? product, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await door.Of(work.Db.Set<CaseRow>()).SingleOrDefaultAsync(cancel) is not { } row)
            return new Refusal("case.gone");
        row.Store = Cut(store, 64);
        row.Product = Cut(product, 300);
        await work.CommitAsync(cancel);
        return default(Done);
    }

    private static string? Cut(string? text, int length) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is var t && t.Length > length ? t[..length] : text.Trim();
}
