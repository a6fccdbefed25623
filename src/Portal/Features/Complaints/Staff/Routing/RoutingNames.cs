using Insight.Value;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Values;

namespace Portal.Features.Complaints.Staff.Routing;

/// <summary>The names that routing conditions may use: those of the rewards' language, and what is known of a complaint.</summary>
internal static class RoutingNames
{
    public static readonly EventSchema Schema = new("complaint.filed",
    [
        new("category", FactType.Text, new("kategori keluhan", "kind of complaint")),
        new("wish", FactType.Text, new("yang diminta pelanggan", "what the customer wants")),
        new("channel", FactType.Text, new("cara masuk: Web, Email, Phone, Store, Chat", "how it came: Web, Email, Phone, Store, Chat")),
        new("language", FactType.Text, new("bahasa keluhan: id atau en", "language of the complaint: id or en")),
        new("store", FactType.Text, new("gerai", "store")),
        new("product", FactType.Text, new("produk", "product")),
        new("amount", FactType.Money, new("nilai pembelian yang dikeluhkan", "amount of the purchase it is about"), FactUnit.Currency),
        new("spent", FactType.Money, new("belanja pelanggan seluruhnya", "what the customer has bought in all"), FactUnit.Currency),
        new("purchases", FactType.Number, new("banyaknya pembelian pelanggan", "number of the customer's purchases"), FactUnit.Times),
        new("complaints", FactType.Number, new("banyaknya keluhan pelanggan, termasuk ini", "number of the customer's complaints, this one included"), FactUnit.Times),
        new("repeat", FactType.Flag, new("keluhan lain dalam 90 hari sebelumnya", "another complaint in the 90 days before")),
        new("account", FactType.Flag, new("pelanggan punya akun", "the customer has an account")),
    ]);

    public static Vocabulary For(Currency currency, IEnumerable<string> consents) => new(currency, Schema, consents);

    /// <summary>What is wrong with a condition: also a segment that does not exist, and counters, whose history is not looked up for complaints.</summary>
    public static (Condition? Condition, IReadOnlyList<RoutingFault> Faults) Parse(string text, Vocabulary names, string language)
    {
        var result = Condition.Parse(text, names);
        if (!result.Ok)
            return (null, [.. result.Diagnostics.Select(d => new RoutingFault(d.In(language), d.Span.Start, d.Span.Length))]);
        List<RoutingFault> faults = [.. result.Condition.Counters.Select(c => Counter(text, c, language))];
        faults.AddRange(result.Condition.TextsFor(Fields.CustomerSegments).Where(s => !SegmentKeys.All.Contains(s.Text)).Select(s => Segment(s.Text, s.Span, language)));
        return faults.Count == 0 ? (result.Condition, []) : (null, faults);
    }

    private static RoutingFault Segment(string key, SourceSpan span, string language)
    {
        var known = string.Join(", ", SegmentKeys.All);
        return new(language.StartsWith("id", StringComparison.Ordinal) ? $"Kelompok '{key}' tidak ada. Yang ada: {known}." : $"There is no segment '{key}'. There are: {known}.", span.Start, span.Length);
    }

    private static RoutingFault Counter(string text, CounterKey counter, string language)
    {
        var name = counter.Counter.ToString().ToLowerInvariant();
        var at = Math.Max(0, text.IndexOf(name + ".", StringComparison.Ordinal));
        var message = language.StartsWith("id", StringComparison.Ordinal)
            ? $"Penghitung '{name}.last' tidak ada untuk keluhan; gunakan event.purchases, event.spent, event.complaints atau event.repeat."
            : $"The counter '{name}.last' does not exist for complaints; use event.purchases, event.spent, event.complaints or event.repeat.";
        return new(message, at, Math.Min(name.Length + 5, text.Length - at));
    }
}

/// <summary>One fault of a condition and where it stands.</summary>
internal sealed record RoutingFault(string Message, int Start, int Length);
