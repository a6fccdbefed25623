using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Wording;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Wording;

/// <summary>Says in plain words what a rule promises, generated from the rule itself.</summary>
/// <param name="programme">The programme: its currency and what its points are called.</param>
/// <param name="language"><c>id</c> or <c>en</c>.</param>
/// <param name="names">Display names for codes (categories, tiers, stores …); the code itself when absent or null.</param>
public sealed class RuleText(Programme programme, string language, Func<Field, string, string?>? names = null)
{
    private static readonly HashSet<DayOfWeek> Workdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    private readonly FactText _facts = new(language, programme.Currency);

    /// <summary>What the rule gives: one sentence for each effect that customers notice.</summary>
    public IReadOnlyList<string> Gives(Rule rule) => Gives(rule.Effects);

    /// <summary>What effects give, one sentence each, for example those of a voucher.</summary>
    public IReadOnlyList<string> Gives(IEnumerable<Effect> effects) => [.. effects.Select(Of).OfType<string>()];

    /// <summary>When it answers: "saat Anda bergabung".</summary>
    public string When(Rule rule) => rule.Trigger switch
    {
        ActivityTypes.Registered => Pick("saat Anda bergabung", "when you join"),
        ActivityTypes.EmailConfirmed => Pick("saat Anda mengonfirmasi email", "when you confirm your email"),
        ActivityTypes.ProfileCompleted => Pick("saat Anda melengkapi profil", "when you complete your profile"),
        ActivityTypes.Purchase => Pick("saat Anda berbelanja", "when you buy"),
        ActivityTypes.Payment => Pick("saat Anda membayar tagihan", "when you pay an invoice"),
        ActivityTypes.ReferralQualified => Pick("saat ajakan kepada teman berhasil", "when a friend you invited joins in"),
        ActivityTypes.Review => Pick("saat ulasan Anda diterima", "when your review is accepted"),
        ActivityTypes.Visit => Pick("saat Anda berkunjung", "when you visit"),
        ActivityTypes.Birthday => Pick("pada hari ulang tahun Anda", "on your birthday"),
        ActivityTypes.Anniversary => Pick("pada hari jadi keanggotaan Anda", "on the anniversary of your membership"),
        ActivityTypes.ComplaintResolved => Pick("saat keluhan Anda selesai", "when your complaint is resolved"),
        ActivityTypes.PointsExpiring => Pick("saat poin Anda hampir hangus", "when your points are about to expire"),
        ActivityTypes.CustomerLapsing => Pick("saat lama tidak berjumpa", "when we have not seen you for a while"),
        var custom => programme.CustomActivities.FirstOrDefault(activity => ActivityTypes.CustomPrefix + activity.Name == custom)?.Label.In(language) ?? custom,
    };

    /// <summary>Its condition in words; null when there is none.</summary>
    public string? Condition(CompiledRule rule) => rule.Condition?.Describe(language, names);

    /// <summary>How one gets it: the company's own words, else when it answers and its condition.</summary>
    public IReadOnlyList<string> How(CompiledRule rule) => rule.Rule.Description is { } own
        ? [own.In(language)]
        : Condition(rule) is { } condition ? [When(rule.Rule), condition] : [When(rule.Rule)];

    /// <summary>Its schedule and limits in words; empty when there are none.</summary>
    public IReadOnlyList<string> Terms(Rule rule)
    {
        var terms = new List<string>();
        switch (rule.Schedule)
        {
            case { From: { } from, To: { } to }: terms.Add(Pick($"{_facts.Date(from)} sampai {_facts.Date(to)}", $"{_facts.Date(from)} to {_facts.Date(to)}")); break;
            case { To: { } to }: terms.Add(Pick($"sampai {_facts.Date(to)}", $"until {_facts.Date(to)}")); break;
            case { From: { } from }: terms.Add(Pick($"mulai {_facts.Date(from)}", $"from {_facts.Date(from)}")); break;
        }
        if (Workdays.SetEquals(rule.Schedule.Weekdays)) terms.Add(Pick("Senin sampai Jumat", "Monday to Friday"));
        else if (rule.Schedule.Weekdays.Count > 0) terms.Add(Pick("hari ", "on ") + string.Join(", ", rule.Schedule.Weekdays.Select(day => _facts.Weekday(day.ToString().ToLowerInvariant()))));
        if (rule.Schedule.FromTime is { } start) terms.Add(Pick($"mulai pukul {start:HH\\.mm}", $"from {start:HH\\:mm}"));
        if (rule.Schedule.ToTime is { } end) terms.Add(Pick($"sampai pukul {end:HH\\.mm}", $"until {end:HH\\:mm}"));
        if (rule.Audience.Tiers.Count > 0)
            terms.Add(Pick("untuk anggota ", "for members of ") + string.Join(", ", rule.Audience.Tiers.Select(key => programme.Tiers.FirstOrDefault(tier => tier.Key == key)?.Name.In(language) ?? key)));
        foreach (var limit in rule.Limits.Where(limit => limit.For == CountedFor.Member)) terms.Add(Limit(limit));
        foreach (var cap in rule.Caps) terms.Add(Pick($"paling banyak {Points(cap.Points)}{Over(cap.Span)}", $"at most {Points(cap.Points)}{Over(cap.Span)}"));
        return terms;
    }

    private string? Of(Effect effect) => effect switch
    {
        PointsPerAmount { Mode: AmountMode.FullSteps } per => Pick($"{Points(per.Points)} untuk setiap {Money(per.Per)} penuh", $"{Points(per.Points)} for every full {Money(per.Per)}") + On(per.Scope),
        PointsPerAmount per => Pick($"{Points(per.Points)} untuk setiap {Money(per.Per)}", $"{Points(per.Points)} for every {Money(per.Per)}") + On(per.Scope),
        FixedPoints { PerUnit: true } each => Pick($"{Points(each.Points)} untuk setiap barang", $"{Points(each.Points)} for each item") + On(each.Scope),
        FixedPoints points => Points(points.Points) + On(points.Scope),
        PointsMultiplier multiplier => Pick($"Poin {_facts.Number(multiplier.Factor)} kali lipat", $"{_facts.Number(multiplier.Factor)} times the points") + On(multiplier.Scope),
        PointsAsRequested => Pick("Poin sebagai ganti rugi", "Points to make up for it"),
        PercentOffOrder order => Off($"{_facts.Number(order.Percent)}%") + Most(order.MaxAmount) + On(order.Scope),
        AmountOffOrder order => Off(Money(order.Amount)) + On(order.Scope),
        TieredPercentOffOrder tiered => string.Join("; ", Ladder(tiered.Base, tiered.Steps, value => $"{_facts.Number(value)}%")) + On(tiered.Scope),
        TieredAmountOffOrder tiered => string.Join("; ", Ladder(tiered.Base, tiered.Steps, Money)) + On(tiered.Scope),
        PercentOffLines lines => Off($"{_facts.Number(lines.Percent)}%") + Most(lines.MaxAmount) + On(lines.Scope),
        AmountOffEachUnit each => Off(Money(each.Amount)) + Pick(" untuk setiap barang", " each item") + On(each.Scope),
        AmountOffScopeTotal total => Off(Money(total.Amount)) + On(total.Scope),
        TieredPercentByQuantity tiered => string.Join("; ", tiered.Steps.Select(step => Pick($"beli {_facts.Number(step.From)}: potongan {_facts.Number(step.Value)}%", $"buy {_facts.Number(step.From)}: {_facts.Number(step.Value)}% off"))) + On(tiered.Scope),
        PercentOffCheapest cheapest => Off($"{_facts.Number(cheapest.Percent)}%") + Pick($" untuk {cheapest.Units} barang termurah", $" the {cheapest.Units} cheapest") + On(cheapest.Scope),
        PercentOffEveryNth nth => Off($"{_facts.Number(nth.Percent)}%") + Pick($" untuk {nth.Units} dari setiap {nth.Of} barang", $" {nth.Units} of every {nth.Of}") + On(nth.Scope),
        OffFullGroups groups => Off(groups.Percent is { } percent ? $"{_facts.Number(percent)}%" : Money(groups.Amount ?? 0m)) + Pick($" untuk setiap {groups.GroupSize} barang", $" each item in groups of {groups.GroupSize}") + On(groups.Scope),
        FreeUnits free => Pick($"Beli {free.Buy}{On(free.Scope)}, {Free(free.Percent)} {free.Get}{On(free.GetScope ?? Scope.Everything)}", $"Buy {free.Buy}{On(free.Scope)}, get {free.Get} {Free(free.Percent)}{On(free.GetScope ?? Scope.Everything)}"),
        FreeUnitsOfOther other => Pick($"Beli {other.MinBuy}{On(other.Scope)}, gratis {other.Get}{On(other.GetScope)}", $"Buy {other.MinBuy}{On(other.Scope)}, get {other.Get} free{On(other.GetScope)}"),
        FreeItem item => Pick($"Hadiah {item.Give} {Code(Fields.LineSku, item.Sku)} setiap membeli {item.PerBought}", $"{item.Give} {Code(Fields.LineSku, item.Sku)} as a gift for every {item.PerBought} bought") + On(item.Scope),
        BundlePrice bundle => Pick($"Paket seharga {Money(bundle.Price)}", $"A bundle for {Money(bundle.Price)}"),
        PercentOffShipping { Percent: 100m } => Pick("Gratis ongkos kirim", "Free delivery"),
        PercentOffShipping shipping => Pick($"Potongan ongkos kirim {_facts.Number(shipping.Percent)}%", $"{_facts.Number(shipping.Percent)}% off delivery"),
        AmountOffShipping shipping => Pick($"Potongan ongkos kirim {Money(shipping.Amount)}", $"{Money(shipping.Amount)} off delivery"),
        GiveVoucher give => Pick($"Voucher: {give.Voucher.Name.Id}, berlaku {give.Voucher.ValidDays} hari", $"Voucher: {give.Voucher.Name.En}, valid for {give.Voucher.ValidDays} days"),
        SetTier tier => Pick("Tingkat ", "Tier ") + (programme.Tiers.FirstOrDefault(known => known.Key == tier.Tier)?.Name.In(language) ?? tier.Tier),
        GiveBadge badge => Pick("Lencana ", "The badge ") + badge.Name.In(language),
        Notify => Pick("Pesan lewat email", "A message by email"),
        _ => null,
    };

    private IEnumerable<string> Ladder(decimal low, IReadOnlyList<Step> steps, Func<decimal, string> value)
    {
        if (low > 0) yield return Off(value(low));
        foreach (var step in steps) yield return Pick($"mulai {Money(step.From)}: potongan {value(step.Value)}", $"from {Money(step.From)}: {value(step.Value)} off");
    }

    private string On(Scope scope)
    {
        var what = new[]
        {
            scope.Categories.Select(code => Code(Fields.LineCategory, code)),
            scope.Brands.Select(code => Code(Fields.LineBrand, code)),
            scope.Skus.Select(code => Code(Fields.LineSku, code)),
            scope.Tags.Select(code => Code(Fields.LineTag, code)),
        }.Where(part => part.Any()).Select(part => string.Join(Pick(" atau ", " or "), part)).ToList();
        return what.Count == 0 ? "" : " (" + string.Join(", ", what) + ")";
    }

    private string Code(Field field, string code) => names?.Invoke(field, code) ?? code;

    private string Off(string what) => Pick($"Potongan {what}", $"{what} off");

    private string Free(decimal percent) => percent >= 100 ? Pick("gratis", "free") : Pick($"potongan {_facts.Number(percent)}% untuk", $"{_facts.Number(percent)}% off");

    private string Most(decimal? amount) => amount is { } most ? Pick($", paling banyak {Money(most)}", $", up to {Money(most)}") : "";

    private string Limit(UseLimit limit) => limit is { Uses: 1, Span: Span.Ever }
        ? Pick("satu kali", "once")
        : limit.Uses == 1 ? Pick($"paling banyak satu kali{Over(limit.Span)}", $"at most once{Over(limit.Span)}")
        : Pick($"paling banyak {_facts.Number(limit.Uses)} kali{Over(limit.Span)}", $"at most {_facts.Number(limit.Uses)} times{Over(limit.Span)}");

    private string Over(Span span) => span switch
    {
        Span.Order => Pick(" per transaksi", " per purchase"),
        Span.Day => Pick(" per hari", " a day"),
        Span.Week => Pick(" per minggu", " a week"),
        Span.Month => Pick(" per bulan", " a month"),
        Span.Year => Pick(" per tahun", " a year"),
        _ => "",
    };

    private string Points(decimal points) => $"{_facts.Number(points)} {programme.PointsWord(points, language)}";

    private string Money(decimal amount) => _facts.Money(amount);

    private string Pick(string id, string en) => new LocalizedText(id, en).In(language);
}
