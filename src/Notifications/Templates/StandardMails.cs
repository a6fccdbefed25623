using Notifications.Messages;

namespace Notifications.Templates;

/// <summary>Asks a new customer to confirm the address.</summary>
/// <param name="Url">One-time link.</param>
/// <param name="ValidUntil">UTC end of the link.</param>
public sealed record ConfirmEmailMail(string Url, DateTime ValidUntil) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "confirm-email";
}

/// <summary>Answers a join with an address that already has an account, so that the join page need not tell strangers who is a member.</summary>
/// <param name="SignInUrl">Sign-in page.</param>
/// <param name="ResetUrl">Page that asks for a new password.</param>
public sealed record AccountExistsMail(string SignInUrl, string ResetUrl) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "account-exists";
}

/// <summary>Lets a person choose a new password.</summary>
/// <param name="Url">One-time link.</param>
/// <param name="ValidUntil">UTC end of the link.</param>
public sealed record ResetPasswordMail(string Url, DateTime ValidUntil) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "reset-password";
}

/// <summary>Welcomes a member with what the rules gave for joining.</summary>
/// <param name="Points">Welcome points; 0 when none.</param>
/// <param name="PointsExpireAt">UTC; the last moment at which they can be used, or null when they do not expire.</param>
/// <param name="Vouchers">Welcome vouchers, possibly none.</param>
/// <param name="Url">The member's home page.</param>
public sealed record WelcomeMail(long Points, DateTime? PointsExpireAt, IReadOnlyList<MailVoucher> Vouchers, string Url) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "welcome";
}

/// <summary>Tells of points earned and why.</summary>
/// <param name="Points">Points earned by this event.</param>
/// <param name="PendingUntil">UTC moment the points become usable; null when they are usable now.</param>
/// <param name="Source">What happened, in the reader's language, for example "Purchase INV-1002 at Senopati".</param>
/// <param name="At">UTC moment it happened.</param>
/// <param name="Paid">What was paid, or null when nothing was bought.</param>
/// <param name="Reasons">Which rule gave how much.</param>
/// <param name="Balance">Points usable now.</param>
/// <param name="Url">Page with the full explanation.</param>
public sealed record PointsEarnedMail(
    long Points, DateTime? PendingUntil, string Source, DateTime At, MailMoney? Paid, IReadOnlyList<MailReason> Reasons, long Balance, string Url) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "points-earned";
}

/// <summary>Confirms a redemption.</summary>
/// <param name="Reward">Name of the reward in the reader's language.</param>
/// <param name="Points">What it cost.</param>
/// <param name="Balance">Points left.</param>
/// <param name="Code">Voucher code to show, or null when the reward is delivered otherwise.</param>
/// <param name="ValidUntil">UTC end of the voucher, or null.</param>
/// <param name="Url">Page with the voucher.</param>
public sealed record RewardRedeemedMail(string Reward, long Points, long Balance, string? Code, DateTime? ValidUntil, string Url) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "reward-redeemed";
}

/// <summary>Confirms a complaint: reference, who has it, by when there is an answer, how to add something.</summary>
/// <param name="Reference">The reference the customer can read aloud.</param>
/// <param name="Subject">What it is about, in the customer's words.</param>
/// <param name="Team">Who has it, in the reader's language.</param>
/// <param name="AnswerBy">UTC moment by which there will be an answer.</param>
/// <param name="Url">The case; for someone without an account the secret link.</param>
public sealed record ComplaintReceivedMail(string Reference, string Subject, string Team, DateTime AnswerBy, string Url) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "complaint-received";
}

/// <summary>Tells of a new message in a case.</summary>
/// <param name="Reference">The case.</param>
/// <param name="From">Name shown for the writer.</param>
/// <param name="Message">What was written.</param>
/// <param name="NeedsAnswer">The customer is asked something; the clock waits for the answer.</param>
/// <param name="Url">The case.</param>
public sealed record ComplaintMessageMail(string Reference, string From, string Message, bool NeedsAnswer, string Url) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "complaint-message";
}

/// <summary>Tells how a complaint was decided and what the customer can do with it.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Outcome">The decision in one line, in the reader's language.</param>
/// <param name="Message">The explanation in the agent's words.</param>
/// <param name="Points">Points given as compensation; 0 when none.</param>
/// <param name="Url">The case, where the decision is accepted or rejected.</param>
public sealed record ComplaintAnsweredMail(string Reference, string Outcome, string Message, long Points, string Url) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "complaint-answered";
}

/// <summary>Tells staff that a date of a case comes near or has passed.</summary>
/// <param name="Reference">The case.</param>
/// <param name="About">The beginning of the complaint.</param>
/// <param name="What">Which date, and when, in the reader's language.</param>
/// <param name="Priority">The case's priority in the reader's language.</param>
/// <param name="Url">The case on the desk.</param>
public sealed record CaseAlertMail(string Reference, string About, string What, string Priority, string Url) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "case-alert";
}

/// <summary>Invites a colleague to the staff side.</summary>
/// <param name="Role">The role in the reader's language.</param>
/// <param name="InvitedBy">Who invites.</param>
/// <param name="Url">One-time link.</param>
/// <param name="ValidUntil">UTC end of the link.</param>
public sealed record StaffInvitationMail(string Role, string InvitedBy, string Url, DateTime ValidUntil) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "staff-invitation";
}

/// <summary>Tells that earlier purchases were joined to the account.</summary>
/// <param name="Card">The card the purchases were made with, masked by the caller, or null when linked by address.</param>
/// <param name="Purchases">How many purchases came along.</param>
/// <param name="Balance">Points usable now.</param>
/// <param name="Url">The transactions page.</param>
public sealed record LinkedMemberMail(string? Card, int Purchases, long Balance, string Url) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "linked-member";
}

/// <summary>An amount as a template shows it.</summary>
/// <param name="Amount">Already rounded.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Decimals">Digits the programme shows for this currency.</param>
public sealed record MailMoney(decimal Amount, string Currency, int Decimals);

/// <summary>One rule's share of the points.</summary>
/// <param name="Text">The rule's words in the reader's language.</param>
/// <param name="Points">Points it gave.</param>
public sealed record MailReason(string Text, long Points);

/// <summary>A voucher as a template shows it.</summary>
/// <param name="Benefit">What it gives, in the reader's language.</param>
/// <param name="Code">The code to show.</param>
/// <param name="ValidUntil">UTC, or null when it does not end.</param>
public sealed record MailVoucher(string Benefit, string Code, DateTime? ValidUntil);

/// <summary>What a rule says to a member about the member's own business: points, a voucher, an expiry.</summary>
/// <param name="Title">The subject, written by the company's staff, values filled in.</param>
/// <param name="Body">Paragraphs with an empty line between them.</param>
/// <param name="Url">Where to look further.</param>
public sealed record RuleServiceMail(string Title, string Body, string Url) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "rule-service";
}

/// <summary>Advertising that a rule sends to a member who agreed to it.</summary>
/// <param name="Title">The subject, written by the company's staff, values filled in.</param>
/// <param name="Body">Paragraphs with an empty line between them.</param>
/// <param name="Url">Where to look further.</param>
/// <param name="Person">Whose consent counts, and who unsubscribes by its link.</param>
/// <param name="About">The product it advertises, if it is about one.</param>
public sealed record RuleOfferMail(string Title, string Body, string Url, Guid Person, string? About) : IMailModel
{
    /// <inheritdoc/>
    public static string Template => "rule-offer";

    /// <inheritdoc/>
    public static MailPurpose Purpose => MailPurpose.Marketing;

    /// <summary>The model as it was stored with a message of this template.</summary>
    public static RuleOfferMail Of(OutboxMessage message) =>
        System.Text.Json.JsonSerializer.Deserialize<RuleOfferMail>(message.ModelJson, MailJson.Options) ?? throw new FormatException("The message holds no model.");
}
