using Microsoft.Extensions.Localization;
using Portal.Ui;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Rules;

/// <summary>Makes the rule that was typed; what the form does not show stays as it was.</summary>
internal sealed class RuleFormReader(FieldProblems problems, IStringLocalizer<ProgramTexts> texts)
{
    private const int MostName = 200;

    private readonly TypedValues typed = new(problems, texts);

    public Rule Read(RuleForm form, Rule before)
    {
        if (Math.Max(Trim(form.NameId).Length, Trim(form.NameEn).Length) > MostName)
            problems.Add("name", texts["Typed.Long", MostName]);
        form.Limits.RemoveAll(l => string.IsNullOrWhiteSpace(l.Uses));
        form.Caps.RemoveAll(c => string.IsNullOrWhiteSpace(c.Points));
        return before with
        {
            Name = new(Trim(form.NameId), Trim(form.NameEn)),
            Description = Trim(form.DescriptionId).Length + Trim(form.DescriptionEn).Length == 0 ? null : new(Trim(form.DescriptionId), Trim(form.DescriptionEn)),
            Trigger = Trim(form.Trigger),
            Condition = Optional(form.Condition),
            Effects = Effects(form, before.Id),
            Schedule = before.Schedule with
            {
                From = typed.Day(form.From, "schedule.from"),
                To = typed.Day(form.To, "schedule.to"),
                Weekdays = [.. form.Weekdays.Select(d => Choice<DayOfWeek>(d)).Distinct().Order()],
                FromTime = typed.Time(form.FromTime, "schedule.fromTime"),
                ToTime = typed.Time(form.ToTime, "schedule.toTime"),
                Zone = Optional(form.Zone),
            },
            Audience = before.Audience with { Tiers = [.. form.Tiers], Segments = [.. form.Segments], Consents = [.. form.Consents], Guests = form.Guests },
            Limits = [.. form.Limits.Select((l, i) => new UseLimit(typed.Whole(l.Uses, $"limits[{i}].uses") ?? 0, Choice<Span>(l.Span), Choice<CountedFor>(l.For)))],
            Caps = [.. form.Caps.Select((c, i) => new PointsCap(typed.Needed(c.Points, $"caps[{i}].points"), Choice<Span>(c.Span), Choice<WhenExceeded>(c.When)))],
            Budget = Budget(form),
            Group = Optional(form.Group),
            Exclusive = form.Exclusive,
            StopAfter = form.StopAfter,
            Priority = typed.Small(form.Priority, "priority") ?? 0,
            Activation = Activation(form, before.Activation),
            PendingDays = typed.Small(form.PendingDays, "pendingDays"),
            Qualifying = form.Qualifying,
            Owner = Optional(form.Owner),
        };
    }

    private List<Effect> Effects(RuleForm form, RuleId rule)
    {
        var effects = new List<Effect>();
        for (var i = 0; i < form.Effects.Count; i++)
        {
            if (form.Effects[i].Read($"effects[{i}]", rule, typed, (path, fault) => problems.Add(path, texts["Text.Unreadable", fault])) is { } effect)
                effects.Add(effect);
        }
        return effects;
    }

    private Budget? Budget(RuleForm form)
    {
        var budget = new Budget
        {
            Spend = typed.Number(form.BudgetSpend, "budget.spend"),
            Points = typed.Number(form.BudgetPoints, "budget.points"),
            Uses = typed.Whole(form.BudgetUses, "budget.uses"),
            When = Choice<WhenExceeded>(form.BudgetWhen),
        };
        return budget is { Spend: null, Points: null, Uses: null } ? null : budget;
    }

    private static Activation Activation(RuleForm form, Activation before)
    {
        var kind = Choice<ActivationKind>(form.Activation);
        return before with { Kind = kind, Code = kind == ActivationKind.SharedCode ? Trim(form.Code).ToUpperInvariant() : null };
    }

    // A choice comes from a list of the page's own; something else is a tampered form and counts as the first choice.
    private static T Choice<T>(string? value) where T : struct, Enum => Enum.TryParse<T>(value, out var found) && Enum.IsDefined(found) ? found : default;

    private static string Trim(string? text) => (text ?? "").Trim();

    private static string? Optional(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
