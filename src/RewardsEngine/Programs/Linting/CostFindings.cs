using System.Globalization;
using RewardsEngine.Activities;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Programs.Linting;

/// <summary>Rules that may cost any amount, that give more than is paid, or that can give nothing at all.</summary>
internal static class CostFindings
{
    private const decimal HighFactor = 5m;

    /// <summary>What people can do again and again at will.</summary>
    private static readonly string[] AtWill = [ActivityTypes.Visit, ActivityTypes.Review, ActivityTypes.ProfileCompleted, ActivityTypes.EmailConfirmed, ActivityTypes.Registered, ActivityTypes.ReferralQualified];

    public static void Add(LintedRule rule, Programme programme, IReadOnlyList<LintedRule> all, List<LintFinding> findings)
    {
        for (var index = 0; index < rule.Rule.Effects.Count; index++)
        {
            var (effect, path) = (rule.Rule.Effects[index], $"effects[{index}]");
            if (!rule.IsBounded) Unbounded(rule, effect, path, findings);
            DiscountFindings.Add(rule, effect, path, programme, findings);
            TooMuch(rule, effect, path, programme, findings);
            Nothing(rule, effect, path, all, findings);
        }
    }

    private static void Unbounded(LintedRule rule, Effect effect, string path, List<LintFinding> findings)
    {
        void Tell(string id, string en, params string[] arguments) => findings.Add(new(LintKind.UnboundedCost, rule.Id, path, new(id, en), arguments));
        var isAtWill = AtWill.Contains(rule.Rule.Trigger) || rule.Rule.Trigger.StartsWith(ActivityTypes.CustomPrefix, StringComparison.Ordinal);
        switch (effect)
        {
            case PointsMultiplier multiplier when multiplier.Factor >= HighFactor:
                Tell("Poin dikalikan {0} tanpa batas, anggaran, atau plafon.", "Points are multiplied by {0} without limit, cap or budget.", Number(multiplier.Factor));
                break;
            case PointsAsRequested { Max: null }:
                Tell("Poin diberikan sebanyak yang diminta, tanpa batas.", "As many points as are asked for are given, without bound.");
                break;
            case FixedPoints or GiveVoucher when isAtWill:
                Tell("Dapat diulang sesuka hati dan selalu memberi lagi: tanpa batas pemakaian, plafon, atau anggaran.", "It can be repeated at will and gives each time: there is no limit, cap or budget.");
                break;
            case FixedPoints { Scope: var scope, PerUnit: false } when rule.Rule.Trigger == ActivityTypes.Purchase && rule.AsksNothing && scope.IsEverything():
                Tell("Setiap pembelian sekecil apa pun memberi {0} poin: satu belanja dapat dipecah-pecah.", "Every purchase, however small, gives {0} points: one purchase can be split into many.", Number(((FixedPoints)effect).Points));
                break;
            case FixedPoints when rule.Rule.Trigger == ActivityTypes.Payment && rule.AsksNothing:
                Tell("Setiap pembayaran sekecil apa pun memberi {0} poin: satu tagihan dapat dibayar dalam banyak bagian.", "Every payment, however small, gives {0} points: one invoice can be paid in many parts.", Number(((FixedPoints)effect).Points));
                break;
            case GiveVoucher when rule.Rule.Trigger is ActivityTypes.Purchase or ActivityTypes.Payment && rule.AsksNothing:
                Tell("Setiap pembelian memberi voucher, tanpa batas pemakaian atau anggaran.", "Every purchase gives a voucher, without limit or budget.");
                break;
            case FreeItem { MaxGiven: null }:
                Tell("Banyaknya hadiah per pembelian tidak dibatasi.", "How many gifts one purchase brings is not bounded.");
                break;
            case FreeUnits { Once: false, Percent: 100m } free when free.Get > free.Buy:
                Tell("Yang gratis lebih banyak daripada yang dibeli, berapa kali pun.", "More is free than is bought, any number of times.");
                break;
        }
    }

    private static void TooMuch(LintedRule rule, Effect effect, string path, Programme programme, List<LintFinding> findings)
    {
        if (effect is PointsPerAmount per && programme.Conversion is { Points: > 0 } conversion && per.Points * conversion.Amount / conversion.Points > per.Per)
            findings.Add(new(LintKind.GivesTooMuch, rule.Id, path, new(
                "Poin untuk {0} bernilai {1}: lebih dari yang dibayar.", "The points for {0} are worth {1}: more than is paid."),
                [Money(per.Per, programme), Money(per.Points * conversion.Amount / conversion.Points, programme)]));
    }

    private static void Nothing(LintedRule rule, Effect effect, string path, IReadOnlyList<LintedRule> all, List<LintFinding> findings)
    {
        void Tell(string at, string id, string en, params string[] arguments) => findings.Add(new(LintKind.GivesNothing, rule.Id, at, new(id, en), arguments));
        if (effect is FixedPoints { PerUnit: false } points)
        {
            if (rule.Rule.Caps.Any(cap => cap is { Span: Span.Order, When: WhenExceeded.Reject } && cap.Points < points.Points))
                Tell("caps", "Plafon per transaksi lebih kecil daripada {0} poin yang diberikan sekaligus: tidak pernah memberi apa pun.", "The cap on one transaction is below the {0} points given at once: it never gives anything.", Number(points.Points));
            if (rule.Rule.Budget is { When: WhenExceeded.Reject, Points: { } budget } && budget < points.Points)
                Tell("budget.points", "Anggaran {0} poin tidak cukup untuk sekali memberi.", "The budget of {0} points does not suffice for once.", Number(budget));
        }
        if (effect is AmountOffOrder off && rule.Rule.Budget is { When: WhenExceeded.Reject, Spend: { } spend } && spend < off.Amount)
            Tell("budget.spend", "Anggaran {0} tidak cukup untuk sekali potongan.", "The budget of {0} does not suffice for one discount.", Number(spend));
        if (effect is PointsMultiplier && !all.Any(other => other.Rule.Trigger == rule.Rule.Trigger && other.Rule.Effects.Any(one => one is PointsPerAmount or FixedPoints or PointsAsRequested)))
            Tell(path, "Tidak ada aturan lain yang memberi poin untuk dikalikan.", "No other rule gives points that could be multiplied.");
    }

    private static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Money(decimal amount, Programme programme) => $"{Number(amount)} {programme.Currency.Code}";
}
