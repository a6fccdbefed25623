using RewardsEngine.Programs;

namespace Portal.Features.Programs.Rules;

/// <summary>
/// A rule as typed: every field a text, so that nothing typed is lost when something is wrong. A list of which the form sent
/// nothing arrives as null.
/// </summary>
public sealed class RuleForm
{
    public string? Key { get; set; }
    public string? NameId { get; set; }
    public string? NameEn { get; set; }
    public string? DescriptionId { get; set; }
    public string? DescriptionEn { get; set; }
    public string? Trigger { get; set; }
    public string? Condition { get; set; }
    public List<EffectForm> Effects { get; set => field = value ?? []; } = [];

    public string? From { get; set; }
    public string? To { get; set; }
    public List<string> Weekdays { get; set => field = value ?? []; } = [];
    public string? FromTime { get; set; }
    public string? ToTime { get; set; }

    public List<string> Tiers { get; set => field = value ?? []; } = [];
    public List<string> Segments { get; set => field = value ?? []; } = [];
    public List<string> Consents { get; set => field = value ?? []; } = [];
    public bool Guests { get; set; }
    public string? Owner { get; set; }
    public string? Zone { get; set; }

    public List<LimitForm> Limits { get; set => field = value ?? []; } = [];
    public List<CapForm> Caps { get; set => field = value ?? []; } = [];
    public string? BudgetSpend { get; set; }
    public string? BudgetPoints { get; set; }
    public string? BudgetUses { get; set; }
    public string? BudgetWhen { get; set; }

    public string? Group { get; set; }
    public bool Exclusive { get; set; }
    public bool StopAfter { get; set; }
    public string? Priority { get; set; }
    public string? Activation { get; set; }
    public string? Code { get; set; }
    public string? PendingDays { get; set; }
    public bool Qualifying { get; set; }

    public long Revision { get; set; }

    /// <summary>The button: <c>save</c>, <c>save-publish</c>, <c>check</c>, <c>add:KIND</c>, <c>remove:INDEX</c>.</summary>
    public string? Do { get; set; }

    public static RuleForm Of(Rule rule, long revision) => new()
    {
        Key = rule.Id.Value,
        NameId = rule.Name.Id,
        NameEn = rule.Name.En,
        DescriptionId = rule.Description?.Id,
        DescriptionEn = rule.Description?.En,
        Trigger = rule.Trigger,
        Condition = rule.Condition,
        Effects = [.. rule.Effects.Select(EffectForm.Of)],
        From = TypedValues.Write(rule.Schedule.From),
        To = TypedValues.Write(rule.Schedule.To),
        Weekdays = [.. rule.Schedule.Weekdays.Select(d => d.ToString())],
        FromTime = TypedValues.Write(rule.Schedule.FromTime),
        ToTime = TypedValues.Write(rule.Schedule.ToTime),
        Tiers = [.. rule.Audience.Tiers],
        Segments = [.. rule.Audience.Segments],
        Consents = [.. rule.Audience.Consents],
        Guests = rule.Audience.Guests,
        Owner = rule.Owner,
        Zone = rule.Schedule.Zone,
        Limits = [.. rule.Limits.Select(l => new LimitForm { Uses = TypedValues.Write(l.Uses), Span = l.Span.ToString(), For = l.For.ToString() })],
        Caps = [.. rule.Caps.Select(c => new CapForm { Points = TypedValues.Write(c.Points), Span = c.Span.ToString(), When = c.When.ToString() })],
        BudgetSpend = TypedValues.Write(rule.Budget?.Spend),
        BudgetPoints = TypedValues.Write(rule.Budget?.Points),
        BudgetUses = TypedValues.Write(rule.Budget?.Uses),
        BudgetWhen = rule.Budget?.When.ToString(),
        Group = rule.Group,
        Exclusive = rule.Exclusive,
        StopAfter = rule.StopAfter,
        Priority = rule.Priority == 0 ? null : TypedValues.Write(rule.Priority),
        Activation = rule.Activation.Kind.ToString(),
        Code = rule.Activation.Code,
        PendingDays = TypedValues.Write(rule.PendingDays),
        Qualifying = rule.Qualifying,
        Revision = revision,
    };

    /// <summary>One empty line more than is filled in, to type the next into.</summary>
    public void LeaveRoom()
    {
        Limits.RemoveAll(l => string.IsNullOrWhiteSpace(l.Uses));
        Caps.RemoveAll(c => string.IsNullOrWhiteSpace(c.Points));
        Limits.Add(new());
        Caps.Add(new());
    }
}

/// <summary>A limit as typed.</summary>
public sealed class LimitForm
{
    public string? Uses { get; set; }
    public string? Span { get; set; } = nameof(RewardsEngine.Programs.Span.Ever);
    public string? For { get; set; }
}

/// <summary>A cap as typed.</summary>
public sealed class CapForm
{
    public string? Points { get; set; }
    public string? Span { get; set; } = nameof(RewardsEngine.Programs.Span.Month);
    public string? When { get; set; } = nameof(WhenExceeded.Reduce);
}
