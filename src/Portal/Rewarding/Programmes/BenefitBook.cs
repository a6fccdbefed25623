using System.Collections.Concurrent;
using RewardsEngine.Accounting;
using RewardsEngine.Decisions;
using RewardsEngine.Programs;

namespace Portal.Rewarding.Programmes;

/// <summary>What the live rules promise, in words with worked examples. Worked out once for each rule set, language and day.</summary>
public sealed class BenefitBook(ProgrammeStore programmes, TimeProvider time)
{
    private readonly ConcurrentDictionary<(long Version, string Language, DateOnly Day), IReadOnlyList<CustomerBenefit>> known = new();

    /// <summary>The rules in force for everyone who joins, and the rule set they are from.</summary>
    public async Task<(CompiledRuleSet Rules, IReadOnlyList<CustomerBenefit> Benefits)> ReadAsync(string language, CancellationToken cancel)
    {
        var rules = await programmes.CurrentAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        var key = (rules.Version, language, ProgrammeDays.Of(now, rules.Zone));
        if (known.Count > 16)
            known.Clear();
        return (rules, known.GetOrAdd(key, _ => CustomerBenefits.List(rules, now, language, ProgrammeNames.In(rules.Programme, language))));
    }
}
