using Complaints.Cases;
using RewardsEngine.Values;

namespace Portal.Features.Complaints;

/// <summary>The two steps of filing as typed; step two carries the first along, so that nothing typed is lost.</summary>
internal sealed class FilingForm
{
    public const string RewardMark = "reward-";

    public Guid Request { get; set; }

    /// <summary>1: what happened; 2: what is wanted. What the form was sent from.</summary>
    public int Step { get; set; } = 1;

    public string? Category { get; set; }
    /// <summary>The purchase it is about; with <see cref="RewardMark"/> before it, the voucher.</summary>
    public string? Purchase { get; set; }
    public string? Text { get; set; }
    public string? Wish { get; set; } = "explanation";
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }

    /// <summary>Reference or secret of the closed case that it follows.</summary>
    public string? After { get; set; }

    /// <summary>Set by the button that goes back to step one.</summary>
    public string? Back { get; set; }

    public CaseDoor? PreviousDoor(MemberId? member) => string.IsNullOrEmpty(After) ? null
        : member is { } id && CaseReference.TryParse(After, out _) ? new MemberDoor(id, After) : new LinkDoor(After);

    public Filing Read(MemberId? member, string language, Channel channel = Channel.Web, string? recordedBy = null) => new(
        Request, member, channel, language, Category ?? "", Text ?? "", Wish ?? "",
        Guid.TryParse(Purchase, out var purchase) ? purchase : null, Name, Email, Phone, recordedBy,
        Purchase?.StartsWith(RewardMark, StringComparison.Ordinal) == true && Guid.TryParse(Purchase[RewardMark.Length..], out var reward) ? reward : null, PreviousDoor(member));
}
