using System.Text.Json;
using RewardsEngine.Json;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Rules;

/// <summary>One effect as typed. The common kinds have fields; every other one is its text.</summary>
public sealed class EffectForm
{
    public const string AsText = "text";

    /// <summary>The kinds with fields, by the name they have in a rule's text.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        ["fixed_points", "points_per_amount", "points_multiplier", "percent_off_order", "amount_off_order", "percent_off_lines", "give_voucher", "notify"];

    public string? Kind { get; set; }
    public string? Points { get; set; }
    public string? Per { get; set; }

    /// <summary>An <see cref="AmountMode"/>.</summary>
    public string? Mode { get; set; }

    public string? Factor { get; set; }
    public string? Percent { get; set; }
    public string? Amount { get; set; }
    public string? Most { get; set; }
    public string? Categories { get; set; }
    public string? VoucherNameId { get; set; }
    public string? VoucherNameEn { get; set; }
    public string? VoucherDays { get; set; }

    /// <summary><c>percent</c>, <c>amount</c> or <c>reward</c>.</summary>
    public string? VoucherGives { get; set; }

    public string? VoucherValue { get; set; }
    public string? VoucherCondition { get; set; }

    /// <summary>Key of the message text.</summary>
    public string? Template { get; set; }

    /// <summary>The effect's text: for kinds without fields what is edited, for the others what the fields do not show.</summary>
    public string? Text { get; set; }

    public static EffectForm Of(Effect effect)
    {
        var form = new EffectForm { Kind = AsText, Text = EngineJson.WriteIndented(effect) };
        switch (effect)
        {
            case FixedPoints points:
                (form.Kind, form.Points, form.Categories) = ("fixed_points", TypedValues.Write(points.Points), Write(points.Scope));
                break;
            case PointsPerAmount per:
                (form.Kind, form.Points, form.Per, form.Categories) = ("points_per_amount", TypedValues.Write(per.Points), TypedValues.Write(per.Per), Write(per.Scope));
                form.Mode = per.Mode.ToString();
                break;
            case PointsMultiplier multiplier:
                (form.Kind, form.Factor, form.Categories) = ("points_multiplier", TypedValues.Write(multiplier.Factor), Write(multiplier.Scope));
                break;
            case PercentOffOrder percent:
                (form.Kind, form.Percent, form.Most, form.Categories) = ("percent_off_order", TypedValues.Write(percent.Percent), TypedValues.Write(percent.MaxAmount), Write(percent.Scope));
                break;
            case AmountOffOrder amount:
                (form.Kind, form.Amount, form.Categories) = ("amount_off_order", TypedValues.Write(amount.Amount), Write(amount.Scope));
                break;
            case PercentOffLines lines:
                (form.Kind, form.Percent, form.Most, form.Categories) = ("percent_off_lines", TypedValues.Write(lines.Percent), TypedValues.Write(lines.MaxAmount), Write(lines.Scope));
                break;
            case GiveVoucher { Voucher: { } voucher } when Gives(voucher) is (var gives, var value):
                (form.Kind, form.VoucherGives, form.VoucherValue) = ("give_voucher", gives, value);
                (form.VoucherNameId, form.VoucherNameEn, form.VoucherCondition) = (voucher.Name.Id, voucher.Name.En, voucher.Condition);
                form.VoucherDays = TypedValues.Write(voucher.ValidDays);
                break;
            case Notify notify:
                (form.Kind, form.Template) = ("notify", notify.Template);
                break;
        }
        return form;
    }

    /// <summary>The effect; null when its text cannot be read, which is then noted.</summary>
    public Effect? Read(string path, RuleId rule, TypedValues typed, Action<string, string> unreadable)
    {
        var before = Parse(Text, out var fault);
        switch (Kind)
        {
            case "fixed_points":
                var points = before as FixedPoints ?? new() { Points = 0 };
                return points with { Points = typed.Needed(Points, path + ".points"), Scope = Within(points.Scope) };
            case "points_per_amount":
                var per = before as PointsPerAmount ?? new() { Points = 0, Per = 0 };
                return per with { Points = typed.Needed(Points, path + ".points"), Per = typed.Needed(Per, path + ".per"), Mode = typed.Choice<AmountMode>(Mode, path + ".mode"), Scope = Within(per.Scope) };
            case "points_multiplier":
                var multiplier = before as PointsMultiplier ?? new() { Factor = 0 };
                return multiplier with { Factor = typed.Needed(Factor, path + ".factor"), Scope = Within(multiplier.Scope) };
            case "percent_off_order":
                var percent = before as PercentOffOrder ?? new() { Percent = 0 };
                return percent with { Percent = typed.Needed(Percent, path + ".percent"), MaxAmount = typed.Number(Most, path + ".maxAmount"), Scope = Within(percent.Scope) };
            case "amount_off_order":
                var amount = before as AmountOffOrder ?? new() { Amount = 0 };
                return amount with { Amount = typed.Needed(Amount, path + ".amount"), Scope = Within(amount.Scope) };
            case "percent_off_lines":
                var lines = before as PercentOffLines ?? new() { Percent = 0 };
                return lines with { Percent = typed.Needed(Percent, path + ".percent"), MaxAmount = typed.Number(Most, path + ".maxAmount"), Scope = Within(lines.Scope) };
            case "give_voucher":
                var give = before as GiveVoucher ?? new() { Voucher = new() { Key = rule.Value, Name = new("", "") } };
                return give with { Voucher = ReadVoucher(give.Voucher, path + ".voucher", typed) };
            case "notify":
                return new Notify { Template = (Template ?? "").Trim() };
            default:
                if (before is null)
                    unreadable(path, fault ?? "");
                return before;
        }
    }

    private VoucherTemplate ReadVoucher(VoucherTemplate before, string path, TypedValues typed) => before with
    {
        Name = new((VoucherNameId ?? "").Trim(), (VoucherNameEn ?? "").Trim()),
        ValidDays = typed.Small(VoucherDays, path + ".validDays") ?? 30,
        Condition = string.IsNullOrWhiteSpace(VoucherCondition) ? null : VoucherCondition.Trim(),
        Reward = VoucherGives == "reward" ? (VoucherValue ?? "").Trim() is { Length: > 0 } key ? key : null : null,
        Discounts = VoucherGives switch
        {
            "percent" => [new PercentOffOrder { Percent = typed.Needed(VoucherValue, path + ".value") }],
            "amount" => [new AmountOffOrder { Amount = typed.Needed(VoucherValue, path + ".value") }],
            _ => [],
        },
    };

    /// <summary>What the fields can show of a voucher; null when it is more than that.</summary>
    private static (string, string?)? Gives(VoucherTemplate voucher) => voucher switch
    {
        { Reward: { } reward, Discounts.Count: 0 } => ("reward", reward),
        { Reward: null, Discounts: [PercentOffOrder { MaxAmount: null } percent] } when percent.Scope.IsEverything() => ("percent", TypedValues.Write(percent.Percent)),
        { Reward: null, Discounts: [AmountOffOrder amount] } when amount.Scope.IsEverything() => ("amount", TypedValues.Write(amount.Amount)),
        _ => null,
    };

    private Scope Within(Scope before) => before with { Categories = TypedValues.List(Categories) };

    private static string Write(Scope scope) => string.Join(", ", scope.Categories);

    private static Effect? Parse(string? text, out string? fault)
    {
        fault = null;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            return RuleAsText.Parse<Effect>(text);
        }
        catch (JsonException e)
        {
            fault = e.Message;
            return null;
        }
    }
}
