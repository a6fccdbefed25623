using RewardsEngine.Programs;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>A rule that may answer the activity: trigger, schedule, audience, code and limits are settled.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Times">How often it was chosen; 1 unless it is a repeatable rule on request.</param>
/// <param name="Code">The code that brought it into play.</param>
internal sealed record Candidate(CompiledRule Rule, int Times = 1, string? Code = null);

/// <summary>What became of a candidate during one run.</summary>
internal sealed class Outcome(int lines)
{
    private readonly (MissReason Reason, Values.RuleId? Because)?[] _blocked = new (MissReason, Values.RuleId?)?[3];

    /// <summary>Whether its condition, group and budget were looked at, and how that came out.</summary>
    public bool? Admitted { get; set; }

    public MissReason? Reason { get; private set; }

    public Values.RuleId? Because { get; private set; }

    /// <summary>The facts on which the condition failed.</summary>
    public Conditions.Facts? FailedOn { get; set; }

    public List<ArithmeticStep> Steps { get; } = [];

    public decimal[] Lines { get; } = new decimal[lines];

    public decimal Shipping { get; set; }

    public List<GivenItem> Given { get; } = [];

    public long Points { get; set; }

    public List<DecidedEffect> Effects { get; } = [];

    /// <summary>What a budget that reduces still allows in discounts.</summary>
    public decimal? SpendLeft { get; set; }

    public decimal Discount => Lines.Sum() + Shipping;

    public bool Applied => Discount > 0 || Given.Count > 0 || Points > 0 || Effects.Count > 0;

    public bool Refuse(MissReason reason, Values.RuleId? because = null)
    {
        Admitted = false;
        Reason ??= reason;
        Because ??= because;
        return false;
    }

    /// <summary>Notes why nothing came of it without barring its other effects.</summary>
    public void Note(MissReason reason) => Reason ??= reason;

    public void Block(Family family, MissReason reason, Values.RuleId because)
    {
        _blocked[(int)family] ??= (reason, because);
        Reason ??= reason;
        Because ??= because;
    }

    public bool IsBlocked(Family family) => _blocked[(int)family] is not null;
}
