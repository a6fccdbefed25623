using RewardsEngine.Activities;
using RewardsEngine.Members;
using RewardsEngine.Programs;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Everything a decision reads.</summary>
internal sealed class Situation
{
    /// <summary>Fewer are looked through faster than a table of them is made.</summary>
    private const int Few = 16;

    private readonly Dictionary<Values.RuleId, RuleLeft>? _left;
    private readonly Dictionary<Values.RuleId, RuleUse>? _uses;

    public Situation(CompiledRuleSet rules, MemberSnapshot member, Activity activity, Resources resources)
    {
        Rules = rules;
        Member = member;
        Activity = activity;
        Resources = resources;
        Local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(activity.OccurredAt, DateTimeKind.Utc), rules.Zone);
        Trigger = rules.On(activity.Type);
        if (resources.Rules.Count > Few) _left = resources.Rules.ToDictionary(left => left.Rule);
        if (member.RuleUses.Count > Few) _uses = member.RuleUses.ToDictionary(use => use.Rule);
    }

    public CompiledRuleSet Rules { get; }

    /// <summary>The rules that answer the activity.</summary>
    public TriggerRules Trigger { get; }

    public Programme Programme => Rules.Programme;

    public MemberSnapshot Member { get; }

    public Activity Activity { get; }

    public Resources Resources { get; }

    public Purchase? Purchase => Activity as Purchase;

    /// <summary>The moment of the activity in the programme's zone.</summary>
    public DateTime Local { get; }

    public DateOnly Today => DateOnly.FromDateTime(Local);

    public bool IsGuest => Activity.Member is null;

    /// <summary>The same with another member or purchase.</summary>
    public Situation With(MemberSnapshot member, Purchase purchase) => new(Rules, member, purchase, Resources);

    public RuleLeft? LeftOf(Values.RuleId rule)
    {
        if (_left is not null) return _left.GetValueOrDefault(rule);
        var all = Resources.Rules;
        for (var index = 0; index < all.Count; index++)
            if (all[index].Rule == rule) return all[index];
        return null;
    }

    public RuleUse? UseOf(Values.RuleId rule)
    {
        if (_uses is not null) return _uses.GetValueOrDefault(rule);
        var all = Member.RuleUses;
        for (var index = 0; index < all.Count; index++)
            if (all[index].Rule == rule) return all[index];
        return null;
    }

    /// <summary>The first day of the span that today lies in; null: no beginning.</summary>
    public DateOnly? StartOf(Span span) => span switch
    {
        Span.Order or Span.Day => Today,
        Span.Week => Today.AddDays(-(((int)Today.DayOfWeek + 6) % 7)),
        Span.Month => new DateOnly(Today.Year, Today.Month, 1),
        Span.Year => new DateOnly(Today.Year, 1, 1),
        _ => null,
    };

    /// <summary>Points as shown in the wallet's smallest unit.</summary>
    public decimal ToSmallest(decimal points) => points * EffectChecks.Pow10(Programme.Points.Decimals);
}
