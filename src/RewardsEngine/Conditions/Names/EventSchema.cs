using System.Collections.Immutable;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions;

/// <summary>A declared field of an event, used in conditions as <c>event.name</c>.</summary>
/// <param name="Name">Lower-case letters, digits and underscore, beginning with a letter.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Label">The short noun for sentences.</param>
/// <param name="Unit">What a number counts.</param>
public sealed record EventField(string Name, FactType Type, LocalizedText Label, FactUnit Unit = FactUnit.None);

/// <summary>The declared fields of an event. A custom event brings its own; events without fields have an empty schema.</summary>
/// <param name="Event">The event: <c>refund</c>, <c>custom.survey</c>.</param>
/// <param name="Fields">Its fields.</param>
public sealed record EventSchema(string Event, ImmutableArray<EventField> Fields)
{
    /// <summary>The schema of an event that the engine knows. Unknown and field-less events have no fields.</summary>
    public static EventSchema Of(string name) => new(name, name switch
    {
        "profile.completed" => [new("field", FactType.Text, new("data profil", "profile field"))],
        "refund" => [Money("amount", "jumlah pengembalian", "refunded amount")],
        "payment" => [Money("amount", "jumlah pembayaran", "paid amount"), new("method", FactType.Text, new("cara pembayaran", "way of payment"))],
        "review" => [Number("rating", "nilai ulasan", "rating", FactUnit.None), new("sku", FactType.Text, new("kode produk", "product code"))],
        "visit" => [new("store", FactType.Text, new("toko", "store"))],
        "anniversary" => [Number("years", "tahun keanggotaan", "years of membership", FactUnit.Times)],
        "complaint.resolved" =>
        [
            new("category", FactType.Text, new("jenis keluhan", "kind of complaint")),
            new("accepted", FactType.Flag, new("penyelesaian diterima", "the resolution accepted")),
            new("open_for", FactType.Duration, new("lama penanganan", "time to resolve")),
        ],
        "points.expiring" => [Number("points", "poin yang akan hangus", "expiring points", FactUnit.Points), new("in", FactType.Duration, new("sisa waktu", "time left"))],
        "customer.lapsing" => [new("inactive_for", FactType.Duration, new("lama tidak berbelanja", "time without a purchase"))],
        _ => [],
    });

    private static EventField Money(string name, string id, string en) => new(name, FactType.Money, new(id, en), FactUnit.Currency);

    private static EventField Number(string name, string id, string en, FactUnit unit) => new(name, FactType.Number, new(id, en), unit);
}
