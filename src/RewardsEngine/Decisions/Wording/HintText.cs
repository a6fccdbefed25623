using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Wording;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Wording;

/// <summary>Says what would make a rule apply: "Belanja Rp38.000 lagi untuk mendapat 50 poin."</summary>
internal sealed class HintText(ExplanationText amounts, Programme programme, string activity, string language, Func<Field, string, string?>? names)
{
    private readonly FactText _facts = new(language, programme.Currency);
    private readonly Vocabulary _vocabulary = CompiledRuleSet.VocabularyFor(programme, activity);

    public string Of(Hint hint)
    {
        var gain = string.Join(Pick(" dan ", " and "), new[]
        {
            hint.Points > 0 ? amounts.Points(hint.Points) : null,
            hint.Discount > 0 ? Pick($"potongan {amounts.Money(hint.Discount)}", $"{amounts.Money(hint.Discount)} off") : null,
        }.OfType<string>());
        var change = Change(hint);
        return gain.Length == 0 ? Pick($"{change} untuk mendapatkannya.", $"{change} to get it.") : Pick($"{change} untuk mendapat {gain}.", $"{change} to get {gain}.");
    }

    private string Change(Hint hint)
    {
        var count = hint.Missing?.Number ?? 0m;
        var which = hint.Where is { } where && Condition.Parse($"any line ({where})", _vocabulary).Condition is { } lines ? $" ({lines.Describe(language, names)})" : "";
        if (hint.Change.StartsWith("purchases.", StringComparison.Ordinal) || hint.Change.StartsWith("visits.", StringComparison.Ordinal)) return Events(hint, count);
        if (hint.Change.StartsWith("customer.consent.", StringComparison.Ordinal)) return Pick($"Berikan {Label(hint)}", $"Give your {Label(hint)}");
        return hint.Change switch
        {
            "now.date" when hint.Needed.Date is { } day => Pick($"Belanja pada {_facts.Date(day)}", $"Buy on {_facts.Date(day)}"),
            "now.hour" => Pick($"Belanja mulai pukul {hint.Needed.Number:00}.00", $"Buy from {hint.Needed.Number:00}:00"),
            "customer.tier" => Pick($"Capai tingkat {Tier(hint)}", $"Reach the tier {Tier(hint)}"),
            "customer.company" => Pick("Lengkapi data perusahaan di profil Anda", "Add your company to your profile"),
            "points.available" => Pick($"Kumpulkan {Points(count)} lagi", $"Collect {Points(count)} more"),
            _ when hint.Missing is { Kind: ExplainedKind.Money } => Pick($"Belanja {amounts.Money(count)} lagi{which}", $"Spend {amounts.Money(count)} more{which}"),
            _ when hint.Missing is not null => Pick($"Tambah {_facts.Number(count)} barang lagi{which}", $"Add {_facts.Number(count)} more{which}"),
            _ when hint.Change.StartsWith("customer.", StringComparison.Ordinal) => Pick($"Lengkapi {Label(hint)} di profil Anda ({Shown(hint)})", $"Add your {Label(hint)} to your profile ({Shown(hint)})"),
            _ => Pick($"Pilih {Label(hint)} {Shown(hint)}", $"Choose {Label(hint)} {Shown(hint)}"),
        };
    }

    private string Events(Hint hint, decimal count)
    {
        if (hint.Missing?.Kind == ExplainedKind.Money) return Pick($"Belanja {amounts.Money(count)} lagi sebelum pembelian berikutnya", $"Spend {amounts.Money(count)} more before your next purchase");
        return hint.Change.StartsWith("visits.", StringComparison.Ordinal)
            ? Pick($"Berkunjung {_facts.Number(count)} kali lagi", $"Visit {_facts.Number(count)} more times")
            : Pick($"Belanja {_facts.Number(count)} kali lagi", $"Buy {_facts.Number(count)} more times");
    }

    private string Points(decimal count) => amounts.Points((long)(count * EffectChecks.Pow10(programme.Points.Decimals)));

    private string Tier(Hint hint) => programme.Tiers.FirstOrDefault(tier => tier.Key == hint.Needed.Text)?.Name.In(language) ?? hint.Needed.Text ?? "";

    private string Label(Hint hint) => _vocabulary.Find(hint.Change)?.Label.In(language) ?? hint.Change;

    private string Shown(Hint hint) => hint.Needed.Text is { } text ? (_vocabulary.Find(hint.Change) is { } field ? names?.Invoke(field, text) : null) ?? text : "";

    private string Pick(string id, string en) => new LocalizedText(id, en).In(language);
}
