using System.Globalization;
using System.Text.RegularExpressions;
using Complaints.Cases;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;

namespace Portal.Features.Complaints.Staff.Service;

/// <summary>The policy in force, with who saved it.</summary>
internal sealed record PolicyView(ServicePolicy Policy, DateTime SavedAt, string? SavedBy, int OpenCases, IReadOnlyList<(int Version, DateTime At, string? By)> Versions);

/// <summary>The promises about complaints. A saved change is a new version; what was measured stays, open cases follow when that is asked for.</summary>
internal sealed partial class EditPolicy(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    public static readonly IReadOnlyList<string> TargetNames = ["Acknowledge", "FirstReply", "NextReply", "Decision", "SecondReview"];

    public async Task<PolicyView> ReadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var versions = await (
            from p in db.Set<ServicePolicyRow>()
            join u in db.Set<User>() on p.SavedBy equals (Guid?)u.Id into users
            from u in users.DefaultIfEmpty()
            orderby p.Version descending
            select new { Row = p, By = u == null ? null : u.Name }).AsNoTracking().Take(20).ToListAsync(cancel);
        return new(ServiceRules.Policy(versions[0].Row), versions[0].Row.SavedAt, versions[0].By, await db.Set<CaseRow>().CountAsync(c => c.IsOpen, cancel),
            [.. versions.Select(v => (v.Row.Version, v.Row.SavedAt, v.By))]);
    }

    /// <summary>Checks what was typed and writes the next version.</summary>
    public async Task<Result<int>> SaveAsync(PolicyForm form, string? category, Guid by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var newest = await db.Set<ServicePolicyRow>().AsNoTracking().OrderByDescending(p => p.Version).FirstAsync(cancel);
        if (newest.Version != form.Version)
            return new Refusal("policy.changed_meanwhile");
        List<Refusal> refusals = [];
        var old = ServiceRules.Policy(newest);
        var next = Read(old, form, category, refusals);
        if (refusals.Count > 0)
            return Result<int>.Refused(refusals);
        db.Add(ServiceRules.Row(next, time.UtcNow(), by, form.ForOpenCases));
        DeskAudit.Note(db, DeskArea.Policies, next.Version.ToString(CultureInfo.InvariantCulture), "edited", next, by, time.UtcNow());
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            await using var again = await databases.CreateDbContextAsync(cancel);
            if (!await again.Set<ServicePolicyRow>().AnyAsync(p => p.Version == next.Version, cancel))
                throw;
            return new Refusal("policy.changed_meanwhile");
        }
        return next.Version;
    }

    private static ServicePolicy Read(ServicePolicy old, PolicyForm form, string? category, List<Refusal> refusals)
    {
        var targets = Targets(form, category is not null, refusals);
        if (category is not null)
        {
            var own = old.CategoryTargets.Where(c => c.Key != category).ToDictionary(c => c.Key, c => c.Value);
            if (targets.Count > 0)
                own[category] = targets;
            return old with { Version = old.Version + 1, CategoryTargets = own };
        }
        return old with
        {
            Version = old.Version + 1,
            Targets = targets,
            ReopenDays = Whole(form.ReopenDays, "reopenDays", 0, 365, refusals),
            ReminderWorkingDays = Whole(form.ReminderWorkingDays, "reminderWorkingDays", 1, 30, refusals),
            Reminders = Whole(form.Reminders, "reminders", 1, 10, refusals),
            AgentPointsLimit = Whole(form.AgentPointsLimit, "agentPointsLimit", 0, 1_000_000_000, refusals),
            Extension = Hours(form.Extension, "extension", refusals) ?? old.Extension,
            RootCauses = Causes(form.RootCauses, refusals),
            Escalations = Levels(form.Levels, refusals),
        };
    }

    // For a category a row that is left empty follows the general targets; half a row is a mistake.
    private static Dictionary<Priority, ClockTargets> Targets(PolicyForm form, bool mayBeEmpty, List<Refusal> refusals)
    {
        Dictionary<Priority, ClockTargets> targets = [];
        foreach (var priority in Enum.GetValues<Priority>())
        {
            var cells = TargetNames.Select(n => (Path: $"targets[{(int)priority}].{n}", Text: form.Target((int)priority, n))).ToList();
            if (mayBeEmpty && cells.TrueForAll(c => string.IsNullOrWhiteSpace(c.Text)))
                continue;
            var hours = cells.ConvertAll(c => Hours(c.Text, c.Path, refusals));
            if (hours is [{ } acknowledge, { } first, { } reply, { } decision, { } review])
                targets[priority] = new(acknowledge, first, reply, decision, review);
        }
        return targets;
    }

    private static TimeSpan? Hours(string? text, string path, List<Refusal> refusals)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours is >= 0.25m and <= 2000m && hours * 60 == decimal.Truncate(hours * 60))
            return TimeSpan.FromMinutes((long)(hours * 60));
        refusals.Add(new("hours.range", path));
        return null;
    }

    private static int Whole(string? text, string path, int least, int most, List<Refusal> refusals)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        refusals.Add(new("number.range", path, least, most));
        return least;
    }

    private static List<string> Causes(string? text, List<Refusal> refusals)
    {
        List<string> causes = [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (causes.Count == 0)
            refusals.Add(new("causes.needed", "rootCauses"));
        foreach (var bad in causes.Where(c => !CauseForm().IsMatch(c)))
            refusals.Add(new("causes.form", "rootCauses", bad));
        return causes;
    }

    private static List<EscalationLevel> Levels(List<LevelForm> typed, List<Refusal> refusals)
    {
        List<EscalationLevel> levels = [];
        for (var i = 0; i < typed.Count; i++)
        {
            var level = typed[i];
            if (level.Remove || string.IsNullOrWhiteSpace(level.Hours))
                continue;
            if (!decimal.TryParse(level.Hours, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hours) || hours is < -500m or > 500m)
            {
                refusals.Add(new("offset.range", $"levels[{i}]"));
                continue;
            }
            var offset = TimeSpan.FromMinutes((long)Math.Round(hours * 60));
            var key = string.IsNullOrEmpty(level.Key) ? FreeKey(level, typed) : level.Key;
            if (levels.Exists(l => l.Clock == level.Clock && l.Offset == offset && l.Action == level.Action && l.Condition == level.Condition))
                refusals.Add(new("level.twice", $"levels[{i}]"));
            else
                levels.Add(new(key, level.Clock, offset, level.Condition, level.Action));
        }
        return levels;
    }

    // A key is permanent: cases remember by it which levels have fired.
    private static string FreeKey(LevelForm level, List<LevelForm> all)
    {
        var stem = $"{level.Clock}-{level.Action}".ToLowerInvariant();
        for (var n = 1; ; n++)
            if (!all.Exists(l => l.Key == $"{stem}-{n}"))
                return level.Key = $"{stem}-{n}";
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex CauseForm();
}

/// <summary>The policy as the page's form carries it; hours as decimal numbers.</summary>
public sealed class PolicyForm
{
    public int Version { get; set; }
    public List<TargetForm> Targets { get; set => field = value ?? []; } = [];
    public string? ReopenDays { get; set; }
    public string? ReminderWorkingDays { get; set; }
    public string? Reminders { get; set; }
    public string? AgentPointsLimit { get; set; }
    public string? Extension { get; set; }
    public string? RootCauses { get; set; }
    public List<LevelForm> Levels { get; set => field = value ?? []; } = [];
    public bool ForOpenCases { get; set; }

    public string? Target(int row, string name) => row >= Targets.Count ? null : name switch
    {
        "Acknowledge" => Targets[row].Acknowledge,
        "FirstReply" => Targets[row].FirstReply,
        "NextReply" => Targets[row].NextReply,
        "Decision" => Targets[row].Decision,
        _ => Targets[row].SecondReview,
    };

    public static PolicyForm Of(ServicePolicy policy, string? category) => new()
    {
        Version = policy.Version,
        Targets = [.. Enum.GetValues<Priority>().Select(p => TargetForm.Of(category is null ? policy.Targets[p] : policy.CategoryTargets.GetValueOrDefault(category)?.GetValueOrDefault(p)))],
        ReopenDays = Text(policy.ReopenDays),
        ReminderWorkingDays = Text(policy.ReminderWorkingDays),
        Reminders = Text(policy.Reminders),
        AgentPointsLimit = policy.AgentPointsLimit.ToString(CultureInfo.InvariantCulture),
        Extension = Text(policy.Extension),
        RootCauses = string.Join('\n', policy.RootCauses),
        Levels = [.. policy.Escalations.Select(l => new LevelForm { Key = l.Key, Clock = l.Clock, Hours = Text(l.Offset), Condition = l.Condition, Action = l.Action })],
        ForOpenCases = true,
    };

    internal static string Text(TimeSpan time) => ((decimal)time.TotalMinutes / 60).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One row of targets, in hours.</summary>
public sealed class TargetForm
{
    public string? Acknowledge { get; set; }
    public string? FirstReply { get; set; }
    public string? NextReply { get; set; }
    public string? Decision { get; set; }
    public string? SecondReview { get; set; }

    internal static TargetForm Of(ClockTargets? targets) => targets is null ? new() : new()
    {
        Acknowledge = PolicyForm.Text(targets.Acknowledge),
        FirstReply = PolicyForm.Text(targets.FirstReply),
        NextReply = PolicyForm.Text(targets.NextReply),
        Decision = PolicyForm.Text(targets.Decision),
        SecondReview = PolicyForm.Text(targets.SecondReview),
    };
}

/// <summary>One escalation level.</summary>
public sealed class LevelForm
{
    public string? Key { get; set; }
    public ClockKind Clock { get; set; }

    /// <summary>Working hours after the due date; negative: before.</summary>
    public string? Hours { get; set; }

    public EscalationCondition Condition { get; set; }
    public EscalationAction Action { get; set; }
    public bool Remove { get; set; }
}
