using System.ComponentModel.DataAnnotations;

namespace Portal.Features.Messages;

/// <summary>Section <c>Messages</c>: what rules say to members.</summary>
public sealed class MessageOptions
{
    public const string Section = "Messages";

    /// <summary>Days for which is counted what was not written. No fewer than the longest period that staff can look at, so that its counts are whole.</summary>
    [Range(366, 36_500)]
    public int KeepHeldDays { get; set; } = 400;
}
