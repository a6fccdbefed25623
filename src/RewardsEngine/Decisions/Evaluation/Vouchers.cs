using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>A voucher at the till is a rule of its own, with the terms it was issued under.</summary>
internal static class Vouchers
{
    private const string Prefix = "voucher.";

    public static RuleId IdOf(string code) => new(Prefix + code);

    public static CompiledRule AsRule(VoucherState voucher, Situation situation)
    {
        var rule = new Rule
        {
            Id = IdOf(voucher.Code),
            Name = voucher.Template.Name,
            Trigger = ActivityTypes.Purchase,
            Condition = voucher.Template.Condition,
            Effects = voucher.Template.Discounts,
            Audience = new() { Guests = true },
            Activation = new(ActivationKind.UniqueCodes),
            Lane = int.MaxValue, // after the company's own rules
        };
        var condition = Condition.Parse(rule.Condition ?? "", situation.Rules.VocabularyOf(ActivityTypes.Purchase));
        // It was checked when its rule was published; a name that the vocabulary has lost since makes the voucher unusable, not the till.
        return condition.Ok
            ? new(rule, condition.Condition, GroupMode.All, situation.Programme.Reckoning.Basis, voucher.Code)
            : new(rule with { Effects = [] }, null, GroupMode.All, situation.Programme.Reckoning.Basis, voucher.Code);
    }
}
