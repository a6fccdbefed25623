namespace Portal.Features.Complaints.Staff.Replies;

/// <summary>Texts of the prepared replies.</summary>
public sealed class ReplyTexts;
