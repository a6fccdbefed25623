using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Programmes;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Rules;

/// <summary>
/// Four eyes: whoever wrote a version asks for a second look, and somebody else approves it (which publishes it, see
/// <see cref="EditRules"/>) or sends it back with a note. Possible for every rule; needed when the programme says so.
/// </summary>
public sealed class ReviewRules(IDbContextFactory<PortalDb> databases, EditRules edit, TimeProvider time)
{
    public const int MostNote = 1000;

    /// <summary>Asks for a second look at the newest version.</summary>
    public async Task<Result<Done>> SubmitAsync(RuleId id, long revision, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await EditRules.FindAsync(db, id, revision, cancel);
        if (!found.Succeeded)
            return Result<Done>.Refused(found.Refusals);
        var row = found.Value;
        if (row.LiveVersion == row.Version)
            return new Refusal("rule.already_live");
        if (row.SubmittedAt is not null)
            return new Refusal("rule.already_in_review");
        // Nobody is asked to look at what could not be published anyway.
        if (await edit.CheckedAsync(db, EngineJson.Read<Rule>(row.Json), cancel) is { Count: > 0 } refusals)
            return Result<Done>.Refused(refusals);
        (row.SubmittedAt, row.SubmittedBy) = (time.UtcNow(), by);
        if (row.Status == RuleStatus.Draft)
            row.Status = RuleStatus.InReview;
        return await NotedAsync(db, row, RuleChange.Submitted, null, by, cancel);
    }

    /// <summary>Gives it back to its author with what is to be changed.</summary>
    public async Task<Result<Done>> SendBackAsync(RuleId id, long revision, string? note, Guid by, CancellationToken cancel)
    {
        note = note?.Trim();
        if (string.IsNullOrEmpty(note))
            return new Refusal("rule.note_missing", "Note");
        if (note.Length > MostNote)
            return new Refusal("rule.note_long", "Note", MostNote);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await EditRules.FindAsync(db, id, revision, cancel);
        if (!found.Succeeded)
            return Result<Done>.Refused(found.Refusals);
        var row = found.Value;
        if (row.SubmittedAt is null)
            return new Refusal("rule.not_in_review");
        Withdraw(row);
        return await NotedAsync(db, row, RuleChange.SentBack, note, by, cancel);
    }

    /// <summary>It waits no longer for a second person.</summary>
    internal static void Withdraw(RuleRow row)
    {
        (row.SubmittedAt, row.SubmittedBy) = (null, null);
        if (row.Status == RuleStatus.InReview)
            row.Status = RuleStatus.Draft;
    }

    /// <summary>Why this person may not put the newest version in force; null when they may.</summary>
    internal static async Task<Refusal?> ObstacleAsync(PortalDb db, RuleRow row, Guid by, CancellationToken cancel)
    {
        if (row.SubmittedAt is null)
            return new("rule.needs_review");
        return await IsAuthorAsync(db, row, by, cancel) ? new("rule.own_work") : null;
    }

    /// <summary>Whoever had a hand in the newest version, or asked for the look at it, is not the second person.</summary>
    internal static async Task<bool> IsAuthorAsync(PortalDb db, RuleRow row, Guid by, CancellationToken cancel) =>
        row.SubmittedBy == by || await db.Set<RuleChangeRow>().AnyAsync(
            c => c.RuleId == row.Id && c.Version == row.Version && c.By == by && (c.Change == RuleChange.Created || c.Change == RuleChange.Edited || c.Change == RuleChange.TakenAgain), cancel);

    private async Task<Result<Done>> NotedAsync(PortalDb db, RuleRow row, RuleChange change, string? note, Guid by, CancellationToken cancel)
    {
        row.Revision++;
        (row.UpdatedAt, row.UpdatedBy) = (time.UtcNow(), by);
        db.Add(new RuleChangeRow { RuleId = row.Id, Version = row.Version, Change = change, At = time.UtcNow(), By = by, Note = note });
        return await EditRules.SavedAsync(db, cancel);
    }
}
