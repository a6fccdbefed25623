using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>A rule that may answer the activity: trigger, schedule, audience, code and limits are settled, and its condition is not already out of reach.</summary>
internal sealed class Candidate(CompiledRule rule, bool holdsAtFirst, int times = 1, string? code = null)
{
    /// <summary>The rule.</summary>
    public CompiledRule Rule => rule;

    /// <summary>Whether its condition holds before any rule has changed anything.</summary>
    public bool HoldsAtFirst => holdsAtFirst;

    /// <summary>How often it was chosen; 1 unless it is a repeatable rule on request.</summary>
    public int Times => times;

    /// <summary>The code that brought it into play.</summary>
    public string? Code => code;

    /// <summary>Its place among the candidates.</summary>
    public int Slot { get; set; }
}

/// <summary>What became of a candidate during one run.</summary>
internal sealed class Outcome(int lines)
{
    private int _blocked; // a bit for each family
    private decimal[]? _lines;
    private List<ArithmeticStep>? _steps;
    private List<GivenItem>? _given;
    private List<DecidedEffect>? _effects;

    /// <summary>Whether its condition, group and budget were looked at, and how that came out.</summary>
    public bool? Admitted { get; set; }

    public MissReason? Reason { get; private set; }

    public RuleId? Because { get; private set; }

    /// <summary>The facts on which the condition failed.</summary>
    public Conditions.Facts? FailedOn { get; set; }

    public List<ArithmeticStep> Steps => _steps ??= [];

    /// <summary>What was taken off each line; empty when nothing was.</summary>
    public decimal[] Lines => _lines ?? [];

    public decimal Shipping { get; set; }

    public List<GivenItem> Given => _given ??= [];

    public long Points { get; set; }

    public List<DecidedEffect> Effects => _effects ??= [];

    public bool HasGiven => _given is { Count: > 0 };

    public bool HasEffects => _effects is { Count: > 0 };

    /// <summary>What a budget that reduces still allows in discounts.</summary>
    public decimal? SpendLeft { get; set; }

    /// <summary>It stands among the applied ones.</summary>
    public bool IsListed { get; set; }

    public decimal Discount
    {
        get
        {
            var sum = Shipping;
            foreach (var off in Lines) sum += off;
            return sum;
        }
    }

    public bool Applied => HasGiven || Points > 0 || HasEffects || Discount > 0;

    public void Take(decimal[] off)
    {
        _lines ??= new decimal[lines];
        for (var line = 0; line < off.Length; line++) _lines[line] += off[line];
    }

    public bool Refuse(MissReason reason, RuleId? because = null)
    {
        Admitted = false;
        Reason ??= reason;
        Because ??= because;
        return false;
    }

    /// <summary>Notes why nothing came of it without barring its other effects.</summary>
    public void Note(MissReason reason) => Reason ??= reason;

    public void Block(Family family, MissReason reason, RuleId because)
    {
        _blocked |= 1 << (int)family;
        Reason ??= reason;
        Because ??= because;
    }

    public bool IsBlocked(Family family) => (_blocked & (1 << (int)family)) != 0;
}
