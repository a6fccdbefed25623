using System.Globalization;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Linting;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Programs.Linting;

/// <summary>Schedules that are over, hold no day, or never end.</summary>
internal static class ScheduleFindings
{
    public static void Add(LintedRule rule, DateOnly today, List<LintFinding> findings)
    {
        var schedule = rule.Rule.Schedule;
        if (schedule.To < today)
            findings.Add(new(LintKind.NeverInForce, rule.Id, "schedule.to", new("Masa berlakunya berakhir pada {0}.", "It ended on {0}."), [Day(schedule.To.Value)]));
        else if (IsOver(rule, today))
            findings.Add(new(LintKind.NeverInForce, rule.Id, "condition", new("Tanggal yang disebut syaratnya sudah lewat.", "The dates that its condition names are over."), []));
        else if (HasNoDay(schedule))
            findings.Add(new(LintKind.NeverInForce, rule.Id, "schedule.weekdays", new("Tidak satu pun hari yang dipilih jatuh dalam masa berlakunya.", "None of its weekdays falls between its first and its last day."), []));
        var isStopped = rule.Rule.Budget is not null || rule.Rule.Limits.Any(limit => limit.For == CountedFor.Everyone);
        if (schedule.To is not null || isStopped || rule.Rule.Audience.Only is not null) return;
        if (rule.Rule.Activation.Kind == ActivationKind.SharedCode)
            findings.Add(new(LintKind.MissingEnd, rule.Id, "schedule.to", new(
                "Kode {0} berlaku tanpa akhir dan tanpa batas pemakaian bersama: siapa pun yang mengetahuinya dapat terus memakainya.",
                "The code {0} has no end and no limit over everyone: whoever learns it can use it for ever."), [rule.Rule.Activation.Code ?? ""]));
        else if (schedule.From is { } from)
            findings.Add(new(LintKind.MissingEnd, rule.Id, "schedule.to", new("Mulai {0}, tetapi tanpa akhir.", "It begins on {0} but has no end."), [Day(from)]));
    }

    private static bool IsOver(LintedRule rule, DateOnly today)
    {
        var fromNow = new AndExpr([rule.Whole.Tree, new CompareExpr(new NameOperand(Fields.NowDate.Name), CompareOperator.GreaterOrEqual, new DateLiteral(today))]);
        return !rule.Whole.IsAlways && rule.Whole.UsedFields.Contains(Fields.NowDate) && !ConditionLint.IsNeverTrue(rule.Whole)
            && Condition.CheckOnly(fromNow, rule.Whole.Vocabulary).Condition is { } left && ConditionLint.IsNeverTrue(left);
    }

    private static bool HasNoDay(Schedule schedule)
    {
        if (schedule.Weekdays.Count == 0 || schedule.From is not { } from || schedule.To is not { } to) return false;
        for (var day = from; day <= to && day < from.AddDays(7); day = day.AddDays(1))
            if (schedule.Weekdays.Contains(day.DayOfWeek)) return false;
        return true;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
