using System.Text.Json.Serialization;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions;

/// <summary>One thing that the shell has to do because of a decision.</summary>
/// <param name="Rule">The rule that says so.</param>
/// <param name="Version">The rule's version.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AwardPoints), "award_points")]
[JsonDerivedType(typeof(IssueVoucher), "issue_voucher")]
[JsonDerivedType(typeof(ChangeTier), "change_tier")]
[JsonDerivedType(typeof(GrantBadge), "grant_badge")]
[JsonDerivedType(typeof(ProgressChallenge), "progress_challenge")]
[JsonDerivedType(typeof(SendMessage), "send_message")]
[JsonDerivedType(typeof(UseCode), "use_code")]
[JsonDerivedType(typeof(UseVoucher), "use_voucher")]
[JsonDerivedType(typeof(TakeStock), "take_stock")]
[JsonDerivedType(typeof(TakeBudget), "take_budget")]
[JsonDerivedType(typeof(CountUse), "count_use")]
public abstract record DecidedEffect(RuleId Rule, int Version);

/// <summary>Credit points: one lot.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Points">How many, in the wallet's smallest unit; more than 0.</param>
/// <param name="ActiveFrom">When they can be spent (UTC).</param>
/// <param name="ExpiresAt">When they expire (UTC, first moment at which they cannot be used); null: never.</param>
/// <param name="Sliding">Each activity of the member moves the expiry on.</param>
/// <param name="Qualifying">How many of them count towards the tier.</param>
/// <param name="Allocation">By purchase line; sums to <paramref name="Points"/>, empty when there are no lines.</param>
public sealed record AwardPoints(RuleId Rule, int Version, long Points, DateTime ActiveFrom, DateTime? ExpiresAt, bool Sliding, long Qualifying, IReadOnlyList<LinePoints> Allocation)
    : DecidedEffect(Rule, Version);

/// <summary>Issue vouchers.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Voucher">What each is good for.</param>
/// <param name="Count">How many.</param>
/// <param name="ValidFrom">The first day, in the programme's zone.</param>
/// <param name="ValidTo">The last day.</param>
public sealed record IssueVoucher(RuleId Rule, int Version, VoucherTemplate Voucher, int Count, DateOnly ValidFrom, DateOnly ValidTo)
    : DecidedEffect(Rule, Version);

/// <summary>Move the member to a tier.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Tier">The tier's key.</param>
/// <param name="Until">The last day; null: until the next review.</param>
public sealed record ChangeTier(RuleId Rule, int Version, string Tier, DateOnly? Until) : DecidedEffect(Rule, Version);

/// <summary>Grant a badge.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Badge">The badge's key.</param>
/// <param name="Name">Its name.</param>
public sealed record GrantBadge(RuleId Rule, int Version, string Badge, LocalizedText Name) : DecidedEffect(Rule, Version);

/// <summary>Move a challenge forward.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Challenge">The challenge's key.</param>
/// <param name="By">By how much.</param>
/// <param name="Goal">When it is complete.</param>
public sealed record ProgressChallenge(RuleId Rule, int Version, string Challenge, int By, int Goal) : DecidedEffect(Rule, Version);

/// <summary>Send a message.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Template">The message template's key.</param>
public sealed record SendMessage(RuleId Rule, int Version, string Template) : DecidedEffect(Rule, Version);

/// <summary>Use a unique code once.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Code">The code.</param>
/// <param name="Release">A full return gives the use back.</param>
public sealed record UseCode(RuleId Rule, int Version, string Code, bool Release = true) : DecidedEffect(Rule, Version);

/// <summary>Use a voucher once.</summary>
/// <param name="Rule">The rule that issued it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Code">The voucher's code.</param>
public sealed record UseVoucher(RuleId Rule, int Version, string Code) : DecidedEffect(Rule, Version);

/// <summary>Take given items from stock.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">Units.</param>
public sealed record TakeStock(RuleId Rule, int Version, string Sku, long Quantity) : DecidedEffect(Rule, Version);

/// <summary>Take from the rule's budget.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Spend">Discounts.</param>
/// <param name="Points">Points, in the wallet's smallest unit.</param>
/// <param name="Uses">Uses.</param>
public sealed record TakeBudget(RuleId Rule, int Version, decimal Spend, long Points, long Uses) : DecidedEffect(Rule, Version);

/// <summary>Count uses of the rule: for the member, and for everyone when the rule is limited so.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">Its version.</param>
/// <param name="Uses">How many, usually 1.</param>
/// <param name="Points">Points given by the rule in this activity.</param>
/// <param name="ForEveryone">A limit over everyone must be taken by a conditional update.</param>
/// <param name="Release">A full return gives the use back.</param>
public sealed record CountUse(RuleId Rule, int Version, long Uses, long Points, bool ForEveryone, bool Release = true) : DecidedEffect(Rule, Version);
