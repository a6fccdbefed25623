using System.Collections.Immutable;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions;

/// <summary>The closed list of names that the conditions on one event may use: the common ones, the programme's consents and the event's own fields.</summary>
public sealed class Vocabulary
{
    /// <summary>The consents a programme asks for unless it declares others.</summary>
    public static readonly ImmutableArray<string> CustomaryConsents = ["email", "sms", "push", "phone", "post", "profiling"];

    private readonly Dictionary<string, Field> _byName;

    /// <summary>Builds the names for one event of a programme.</summary>
    /// <param name="currency">The programme's currency, in which amounts are written.</param>
    /// <param name="schema">The event's declared fields; none when absent.</param>
    /// <param name="consents">The programme's consents; <see cref="CustomaryConsents"/> when absent.</param>
    /// <exception cref="ArgumentException">A declared name is malformed or declared twice, or a field has no type.</exception>
    public Vocabulary(Currency currency, EventSchema? schema = null, IEnumerable<string>? consents = null)
    {
        Currency = currency;
        Schema = schema;
        var fields = Conditions.Fields.All.ToBuilder();
        var index = Conditions.Fields.OtherCount;
        var asked = ImmutableArray.CreateBuilder<Field>();
        foreach (var consent in consents ?? CustomaryConsents)
        {
            asked.Add(new Field($"customer.consent.{Declared(consent)}", FactType.Flag, FactUnit.None, false, index++,
                new($"persetujuan {consent}", $"consent to {consent}"),
                new($"Apakah pelanggan menyetujui {consent}.", $"Whether the customer has consented to {consent}.")));
        }
        Consents = asked.ToImmutable();
        fields.AddRange(Consents);
        foreach (var field in schema?.Fields ?? [])
        {
            if (field.Type is FactType.None or FactType.Path) throw new ArgumentException($"The field '{field.Name}' cannot have the type {field.Type}.", nameof(schema));
            var unit = field.Type == FactType.Money ? FactUnit.Currency : field.Unit;
            fields.Add(new Field($"event.{Declared(field.Name)}", field.Type, unit, false, index++, field.Label, field.Label));
        }
        Fields = fields.ToImmutable();
        SlotCount = index;
        var twice = Fields.GroupBy(f => f.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new ArgumentException($"'{twice.Key}' is declared twice.", nameof(schema));
        _byName = Fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>The programme's currency.</summary>
    public Currency Currency { get; }

    /// <summary>The event's schema.</summary>
    public EventSchema? Schema { get; }

    /// <summary>All names.</summary>
    public ImmutableArray<Field> Fields { get; }

    /// <summary>The consents, in the order of the programme.</summary>
    internal ImmutableArray<Field> Consents { get; }

    /// <summary>How many values <see cref="Facts"/> of this vocabulary hold outside lines.</summary>
    internal int SlotCount { get; }

    /// <summary>The field of a full name, or <c>null</c>.</summary>
    public Field? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The field of a full name.</summary>
    /// <exception cref="KeyNotFoundException">No such name.</exception>
    public Field this[string name] => _byName[name];

    /// <summary>Whether a consent, an event or a field may be called so.</summary>
    internal static bool IsName(string? name) =>
        name is { Length: > 0 and <= 40 } && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static string Declared(string name) => IsName(name)
        ? name
        : throw new ArgumentException($"'{name}' is not a name: lower-case letters, digits and underscore, beginning with a letter.");
}
