using System.Text.Json.Serialization;
using RewardsEngine.Values;

namespace RewardsEngine.Activities;

/// <summary>A person joined the programme.</summary>
public sealed record Registered : Activity
{
    /// <summary>Where the person signed up: <c>web</c>, <c>store</c> …</summary>
    public string? Channel { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.Registered;
}

/// <summary>The member proved the email address.</summary>
public sealed record EmailConfirmed : Activity
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.EmailConfirmed;
}

/// <summary>A profile field was filled for the first time.</summary>
public sealed record ProfileCompleted : Activity
{
    /// <summary>The field: <c>birthday</c>, <c>phone</c>, <c>address</c>, <c>interests</c>, <c>company</c> …</summary>
    public required string Field { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.ProfileCompleted;
}

/// <summary>An invoice was paid.</summary>
public sealed record Payment : Activity
{
    /// <summary>The invoice.</summary>
    public required string Invoice { get; init; }

    /// <summary>What was paid, in the programme's currency.</summary>
    public required decimal Amount { get; init; }

    /// <summary>How: <c>card</c>, <c>transfer</c> …</summary>
    public string? Method { get; init; }

    /// <summary>Days before the due date; negative when late.</summary>
    public int? DaysEarly { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.Payment;
}

/// <summary>A referral came true. One activity for each side: the one who referred and the friend.</summary>
public sealed record ReferralQualified : Activity
{
    /// <summary><c>referrer</c> or <c>friend</c>: which side this activity rewards.</summary>
    public required string Side { get; init; }

    /// <summary>The other side.</summary>
    public MemberId? Other { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.ReferralQualified;
}

/// <summary>A review was accepted.</summary>
public sealed record Review : Activity
{
    /// <summary>The product reviewed.</summary>
    public required string Sku { get; init; }

    /// <summary>1 to 5.</summary>
    public int? Rating { get; init; }

    /// <summary>Characters of text.</summary>
    public int Length { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.Review;
}

/// <summary>A visit.</summary>
public sealed record Visit : Activity
{
    /// <summary>The store visited.</summary>
    public string? Store { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.Visit;
}

/// <summary>The member's birthday, once a year.</summary>
public sealed record Birthday : Activity
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.Birthday;
}

/// <summary>The anniversary of joining.</summary>
public sealed record Anniversary : Activity
{
    /// <summary>Full years as a member.</summary>
    public required int Years { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.Anniversary;
}

/// <summary>A complaint was decided with points as its remedy.</summary>
public sealed record ComplaintResolved : Activity
{
    /// <summary>The case reference.</summary>
    public required string Case { get; init; }

    /// <summary>Points granted by the decision, in the wallet's smallest unit; already within the decider's limit.</summary>
    public long Points { get; init; }

    /// <summary><c>upheld</c>, <c>partly</c> or <c>not_upheld</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>The kind of complaint.</summary>
    public string? Category { get; init; }

    /// <summary>The customer accepted the decision.</summary>
    public bool? Accepted { get; init; }

    /// <summary>Minutes from receipt to decision.</summary>
    public long? OpenForMinutes { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.ComplaintResolved;
}

/// <summary>Points of the member expire soon.</summary>
public sealed record PointsExpiring : Activity
{
    /// <summary>How many, in the wallet's smallest unit.</summary>
    public required long Points { get; init; }

    /// <summary>The last day on which they can be used.</summary>
    public required DateOnly LastDay { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.PointsExpiring;
}

/// <summary>The member has stayed away longer than usual.</summary>
public sealed record CustomerLapsing : Activity
{
    /// <summary>Days since the last purchase.</summary>
    public required int DaysSincePurchase { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.CustomerLapsing;
}

/// <summary>An activity that the company declared itself, with a schema in the programme.</summary>
public sealed record Custom : Activity
{
    /// <summary>The declared name without the prefix: <c>survey</c> for the trigger <c>custom.survey</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The declared fields that were given.</summary>
    public IReadOnlyDictionary<string, FieldValue> Fields { get; init; } = new Dictionary<string, FieldValue>();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => ActivityTypes.CustomPrefix + Name;
}
