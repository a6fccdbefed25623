using Microsoft.Extensions.Localization;
using Portal.Ui;
using RewardsEngine.Accounting;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Settings;

/// <summary>Makes the programme that was typed; what the form does not show stays as it was.</summary>
internal sealed class ProgrammeFormReader(FieldProblems problems, IStringLocalizer<ProgramTexts> texts)
{
    private const int MostDays = 36_500;
    private readonly TypedValues typed = new(problems, texts);

    public Programme Read(ProgrammeForm form, Programme before)
    {
        form.Tiers.RemoveAll(t => t.IsEmpty);
        form.Caps.RemoveAll(c => string.IsNullOrWhiteSpace(c.Points));
        var tiers = form.Tiers.Select((t, i) => Tier(t, $"tiers[{i}]")).ToList();
        var steps = form.Tiers.Select((t, i) => new TierStep((t.Key ?? "").Trim(), (long)Between(typed.Needed(t.Minimum, $"tiers[{i}].minimum"), 0, 1_000_000_000_000m, $"tiers[{i}].minimum"))).ToList();
        CheckSteps(tiers, steps);
        return before with
        {
            Name = Both(form.NameId, form.NameEn, "name"),
            PointsName = Both(form.PointsNameId, form.PointsNameEn, "pointsName"),
            Conversion = Conversion(form, before),
            Points = before.Points with
            {
                Expiry = Expiry(form, before.Points.Expiry),
                ReturnWindow = TimeSpan.FromDays((double)Between(typed.Number(form.ReturnDays, "points.returnWindow") ?? 0, 0, 3660, "points.returnWindow")),
                WhenSpent = typed.Choice<SpentPointsPolicy>(form.WhenSpent, "choice.WhenSpent"),
                Reversal = typed.Choice<ReversalMethod>(form.Reversal, "choice.Reversal"),
                ReturnGrace = TimeSpan.FromDays((double)Between(typed.Number(form.ReturnGraceDays, "points.returnGrace") ?? 0, 0, 3660, "points.returnGrace")),
                HoldTimeLimit = TimeSpan.FromMinutes((double)Between(typed.Number(form.HoldMinutes, "points.holdTimeLimit") ?? 15, 1, 525_600, "points.holdTimeLimit")),
            },
            Reckoning = before.Reckoning with
            {
                Basis = typed.Choice<Basis>(form.Basis, "choice.Basis"),
                LineRounding = typed.Choice<LineRounding>(form.LineRounding, "choice.LineRounding"),
                FloorOverflow = typed.Choice<FloorOverflow>(form.FloorOverflow, "choice.FloorOverflow"),
                Remainder = typed.Choice<RemainderMethod>(form.Remainder, "choice.Remainder"),
                EarningBasis = typed.Choice<EarningBasis>(form.EarningBasis, "choice.EarningBasis"),
                PointsRounding = typed.Choice<PointsRounding>(form.PointsRounding, "choice.PointsRounding"),
                Multipliers = typed.Choice<MultiplierMode>(form.Multipliers, "choice.Multipliers"),
                Order = typed.Choice<EffectOrder>(form.EffectOrder, "choice.EffectOrder"),
            },
            Groups = [.. Groups(form.Groups)],
            Occasions = new(
                (int)Between(typed.Whole(form.ExpiringDays, "occasions.expiringDays") ?? 14, 1, 366, "occasions.expiringDays"),
                (int)Between(typed.Whole(form.LapsingDays, "occasions.lapsingDays") ?? 60, 1, 3660, "occasions.lapsingDays")),
            FourEyes = form.FourEyes,
            CodeNames = [.. CodeNames(form.CodeNames)],
            Tiers = tiers,
            TierRules = tiers.Count == 0 ? null : Rules(form, before.TierRules) with { Steps = [.. steps] },
            Caps = [.. form.Caps.Select((c, i) => new PointsCap(typed.Needed(c.Points, $"caps[{i}].points"), typed.Choice<Span>(c.Span, $"caps[{i}].span"), typed.Choice<WhenExceeded>(c.When, $"caps[{i}].when")))],
        };
    }

    private IEnumerable<CodeName> CodeNames(string? typed)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in (typed ?? "").Split('\n', StringSplitOptions.TrimEntries))
        {
            number++;
            if (line.Length == 0)
                continue;
            var halves = line.Split('=', 2, StringSplitOptions.TrimEntries);
            var names = halves[^1].Split('|', StringSplitOptions.TrimEntries);
            if (halves.Length < 2 || halves[0].Length is 0 or > 100 || names.Length > 2 || names.Any(n => n.Length is 0 or > 100))
                problems.Add("codeNames", texts["Programme.CodeNameForm", number]);
            else if (!seen.Add(halves[0]))
                problems.Add("codeNames", texts["Programme.CodeNameTwice", number, halves[0]]);
            else
                yield return new(halves[0], new(names[0], names[^1]));
        }
    }

    /// <summary>One group a line; what is not listed simply adds up.</summary>
    private IEnumerable<StackingGroup> Groups(string? lines)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var halves = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (halves.Length < 2 || halves[0].Length is 0 or > 64 || !Enum.TryParse<GroupMode>(halves[1], ignoreCase: true, out var mode) || !Enum.IsDefined(mode) || !seen.Add(halves[0]))
                problems.Add("groups", texts["Programme.GroupForm", line, string.Join(", ", Enum.GetNames<GroupMode>())]);
            else
                yield return new(halves[0], mode);
        }
    }

    private PointsConversion? Conversion(ProgrammeForm form, Programme before)
    {
        if (string.IsNullOrWhiteSpace(form.WorthPoints + form.WorthAmount))
            return null;
        var points = (long)Between(typed.Needed(form.WorthPoints, "conversion.points"), 1, 1_000_000_000, "conversion.points");
        var amount = typed.Needed(form.WorthAmount, "conversion.amount");
        if (amount <= 0 && problems.At("conversion.amount").Count == 0)
            problems.Add("conversion.amount", texts["Programme.MoreThanZero"]);
        var step = (long)Between(typed.Whole(form.WorthStep, "conversion.step") ?? 1, 1, 1_000_000_000, "conversion.step");
        return new(points, amount, step, before.Currency);
    }

    private ExpiryPolicy Expiry(ProgrammeForm form, ExpiryPolicy before)
    {
        if (form.Expiry == "never")
            return new ExpiryPolicy.Never();
        if (form.Expiry is not ("rolling" or "inactivity"))
            return before;
        var months = (int)Between(typed.Whole(form.ExpiryMonths, "points.expiry") ?? 0, 0, 1200, "points.expiry");
        var days = (int)Between(typed.Whole(form.ExpiryDays, "points.expiry") ?? 0, 0, MostDays, "points.expiry");
        if (months + days == 0)
            problems.Add("points.expiry", texts["Programme.ExpiryNeeded"]);
        var (span, round) = (new CalendarSpan(days, months), typed.Choice<PeriodEnd>(form.ExpiryRound, "choice.ExpiryRound"));
        return form.Expiry == "rolling" ? new ExpiryPolicy.Rolling(span, round) : new ExpiryPolicy.Inactivity(span, round);
    }

    private TierSettings Rules(ProgrammeForm form, TierSettings? before) => (before ?? new() { Steps = [] }) with
    {
        Basis = typed.Choice<TierBasis>(form.TierBasis, "choice.TierBasis"),
        Period = form.TierPeriod switch { "1" => CalendarPeriod.Month, "3" => CalendarPeriod.Quarter, "12" => CalendarPeriod.Year, _ => before?.Period ?? CalendarPeriod.Year },
        Start = typed.Choice<TierStart>(form.TierStart, "choice.TierStart"),
        Expiry = typed.Choice<TierExpiry>(form.TierExpiry, "choice.TierExpiry"),
        Downgrade = typed.Choice<DowngradePolicy>(form.Downgrade, "choice.Downgrade"),
        GraceDays = (int)Between(typed.Whole(form.GraceDays, "tierRules.graceDays") ?? 0, 0, 3660, "tierRules.graceDays"),
    };

    private Tier Tier(TierForm form, string path)
    {
        var key = (form.Key ?? "").Trim();
        if (key.Length is 0 or > 32 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            problems.Add(path + ".key", texts["Programme.TierKey"]);
        var benefits = string.IsNullOrWhiteSpace(form.BenefitsId + form.BenefitsEn) ? null : Both(form.BenefitsId, form.BenefitsEn, path + ".benefits");
        return new(key, Both(form.NameId, form.NameEn, path + ".name"), benefits);
    }

    private void CheckSteps(List<Tier> tiers, List<TierStep> steps)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (tiers.FindIndex(t => t.Key == tiers[i].Key) != i)
                problems.Add($"tiers[{i}].key", texts["Programme.TierTwice"]);
            if (i == 0 && steps[i].Minimum != 0)
                problems.Add($"tiers[{i}].minimum", texts["Programme.TierFirst"]);
            if (i > 0 && steps[i].Minimum <= steps[i - 1].Minimum)
                problems.Add($"tiers[{i}].minimum", texts["Programme.TierRising"]);
        }
    }

    private LocalizedText Both(string? id, string? en, string path)
    {
        var text = new LocalizedText((id ?? "").Trim(), (en ?? "").Trim());
        if (text.Id.Length == 0 || text.En.Length == 0)
            problems.Add(path, texts["Programme.BothLanguages"]);
        return text;
    }

    private decimal Between(decimal number, decimal low, decimal high, string path)
    {
        if (number >= low && number <= high)
            return number;
        problems.Add(path, texts["Programme.Between", TypedValues.Write(low)!, TypedValues.Write(high)!]);
        return low;
    }
}
