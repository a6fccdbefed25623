using System.Text.Json.Serialization;
using RewardsEngine.Values;

namespace RewardsEngine.Activities;

/// <summary>Something that happened and that rules may answer. The reference makes it unique: the same one is decided once.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Registered), ActivityTypes.Registered)]
[JsonDerivedType(typeof(EmailConfirmed), ActivityTypes.EmailConfirmed)]
[JsonDerivedType(typeof(ProfileCompleted), ActivityTypes.ProfileCompleted)]
[JsonDerivedType(typeof(Purchase), ActivityTypes.Purchase)]
[JsonDerivedType(typeof(Refund), ActivityTypes.Refund)]
[JsonDerivedType(typeof(Payment), ActivityTypes.Payment)]
[JsonDerivedType(typeof(ReferralQualified), ActivityTypes.ReferralQualified)]
[JsonDerivedType(typeof(Review), ActivityTypes.Review)]
[JsonDerivedType(typeof(Visit), ActivityTypes.Visit)]
[JsonDerivedType(typeof(Birthday), ActivityTypes.Birthday)]
[JsonDerivedType(typeof(Anniversary), ActivityTypes.Anniversary)]
[JsonDerivedType(typeof(ComplaintResolved), ActivityTypes.ComplaintResolved)]
[JsonDerivedType(typeof(PointsExpiring), ActivityTypes.PointsExpiring)]
[JsonDerivedType(typeof(CustomerLapsing), ActivityTypes.CustomerLapsing)]
[JsonDerivedType(typeof(Custom), "custom")]
public abstract record Activity
{
    /// <summary>The idempotency key, given by whoever reports the activity: 1–200 characters.</summary>
    public required string Reference { get; init; }

    /// <summary>The member it happened to; null for a guest.</summary>
    public MemberId? Member { get; init; }

    /// <summary>When it happened (UTC). Schedules, lots and tiers go by this moment.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>The name that a rule's trigger is compared with, for example <c>profile.completed</c>.</summary>
    [JsonIgnore]
    public abstract string Type { get; }
}

/// <summary>The names of the activities that rules can be triggered by.</summary>
public static class ActivityTypes
{
    /// <summary>A person joined.</summary>
    public const string Registered = "registered";

    /// <summary>The email address was proven.</summary>
    public const string EmailConfirmed = "email.confirmed";

    /// <summary>A profile field was filled for the first time.</summary>
    public const string ProfileCompleted = "profile.completed";

    /// <summary>A sale.</summary>
    public const string Purchase = "purchase";

    /// <summary>A return of goods or money.</summary>
    public const string Refund = "refund";

    /// <summary>An invoice was paid.</summary>
    public const string Payment = "payment";

    /// <summary>A referred friend did what the referral asks for.</summary>
    public const string ReferralQualified = "referral.qualified";

    /// <summary>A product review was accepted.</summary>
    public const string Review = "review";

    /// <summary>A visit was noted.</summary>
    public const string Visit = "visit";

    /// <summary>The member's birthday.</summary>
    public const string Birthday = "birthday";

    /// <summary>The anniversary of joining.</summary>
    public const string Anniversary = "anniversary";

    /// <summary>A complaint was decided.</summary>
    public const string ComplaintResolved = "complaint.resolved";

    /// <summary>Points will expire soon.</summary>
    public const string PointsExpiring = "points.expiring";

    /// <summary>A customer has stayed away longer than usual.</summary>
    public const string CustomerLapsing = "customer.lapsing";

    /// <summary>What the name of every activity declared by the company begins with.</summary>
    public const string CustomPrefix = "custom.";

    /// <summary>All names that are not custom, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<string> Standard =
    [
        Registered, EmailConfirmed, ProfileCompleted, Purchase, Refund, Payment, ReferralQualified, Review,
        Visit, Birthday, Anniversary, ComplaintResolved, PointsExpiring, CustomerLapsing,
    ];
}
