using System.Globalization;
using Portal.Platform;
using Portal.Rewarding.Catalogue;
using RewardsEngine.Values;

namespace Portal.Features.Catalogue.Staff;

/// <summary>The form as typed: every field a text, so that nothing typed is lost when something is wrong.</summary>
internal sealed class RewardForm
{
    public string? Key { get; set; }
    public string? NameId { get; set; }
    public string? NameEn { get; set; }
    public string? DescriptionId { get; set; }
    public string? DescriptionEn { get; set; }
    public RewardKind Kind { get; set; } = RewardKind.Item;
    public string? Value { get; set; }
    public string? Points { get; set; }
    public string? Stock { get; set; }
    public string? ValidDays { get; set; } = "30";
    public string? Tiers { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }
    public bool Active { get; set; } = true;
    public string? Icon { get; set; } = "gift";
    public long Revision { get; set; }

    public static RewardForm Of(RewardDraft draft, Currency currency) => new()
    {
        Key = draft.Key,
        NameId = draft.NameId,
        NameEn = draft.NameEn,
        DescriptionId = draft.DescriptionId,
        DescriptionEn = draft.DescriptionEn,
        Kind = draft.Kind,
        Value = draft.Kind switch
        {
            RewardKind.AmountOff => currency.FromMinor(draft.Value).ToString("0.####", CultureInfo.CurrentCulture),
            RewardKind.PercentOff => draft.Value.ToString(CultureInfo.CurrentCulture),
            _ => null,
        },
        Points = draft.Points.ToString(CultureInfo.InvariantCulture),
        Stock = draft.Stock?.ToString(CultureInfo.InvariantCulture),
        ValidDays = draft.ValidDays.ToString(CultureInfo.InvariantCulture),
        Tiers = draft.Tiers,
        From = draft.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        To = draft.To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Active = draft.Active,
        Icon = draft.Icon,
        Revision = draft.Revision,
    };

    public Result<RewardDraft> Read(Currency currency)
    {
        List<Refusal> wrong = [];
        var draft = new RewardDraft(
            (Key ?? "").Trim(), NameId ?? "", NameEn ?? "", DescriptionId ?? "", DescriptionEn ?? "", Kind,
            Kind == RewardKind.AmountOff ? currency.ToMinor(Amount(wrong)) : (long)Amount(wrong),
            Whole(Points, nameof(Points), wrong) ?? 0, Whole(Stock, nameof(Stock), wrong), Active, Day(From, nameof(From), wrong), Day(To, nameof(To), wrong),
            Tiers ?? "", (int)Math.Clamp(Whole(ValidDays, nameof(ValidDays), wrong) ?? 0, 0, int.MaxValue), Icon ?? "gift", Revision);
        return wrong.Count > 0 ? Result<RewardDraft>.Refused(wrong) : draft;
    }

    private decimal Amount(List<Refusal> wrong)
    {
        if (Kind == RewardKind.Item || string.IsNullOrWhiteSpace(Value))
            return 0;
        if (decimal.TryParse(Value, NumberStyles.Number, CultureInfo.CurrentCulture, out var amount) && amount is >= 0 and <= 1_000_000_000m)
            return amount;
        wrong.Add(new("number.form", nameof(Value)));
        return 0;
    }

    private static long? Whole(string? typed, string field, List<Refusal> wrong)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (long.TryParse(typed, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.CurrentCulture, out var number))
            return number;
        wrong.Add(new("number.form", field));
        return null;
    }

    private static DateOnly? Day(string? typed, string field, List<Refusal> wrong)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        wrong.Add(new("date.form", field));
        return null;
    }
}
