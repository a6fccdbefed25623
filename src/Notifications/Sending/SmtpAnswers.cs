using Notifications.Messages;

namespace Notifications.Sending;

/// <summary>A relay's reply.</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Lines">The text of each line, without the code.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int MaxText = 500;

    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>Printable and of bounded length, whatever the relay sent.</summary>
    public string Text
    {
        get
        {
            var text = new string([.. $"{Code} {string.Join(' ', Lines)}".Where(c => !char.IsControl(c))]);
            return text.Length <= MaxText ? text : text[..MaxText];
        }
    }
}

/// <summary>What was being asked when the relay refused.</summary>
internal enum SmtpStage
{
    Sender,
    Recipient,
    Content,
}

/// <summary>Tells a refusal of the address, of the mail and of ourselves apart.</summary>
internal static class SmtpAnswers
{
    public static SendResult Read(SmtpReply reply, SmtpStage stage)
    {
        // 421 closes the connection; 530 and 535 ask for a sign-in; a refused sender is our configuration, not this recipient's fault.
        if (reply.Code is 421 or 530 or 535 or 538) return new(AttemptOutcome.Temporary, reply.Text, RelayDown: true);
        if (reply.Code is < 500 or > 599) return new(AttemptOutcome.Temporary, reply.Text);
        if (stage == SmtpStage.Sender && reply.Code != 552) return new(AttemptOutcome.Temporary, reply.Text, RelayDown: true);
        return new(AttemptOutcome.Permanent, reply.Text, AddressRefused: stage == SmtpStage.Recipient && IsAboutTheMailbox(reply));
    }

    // Enhanced status x.1.y is about the address; others (policy, full mailbox) may pass one day.
    private static bool IsAboutTheMailbox(SmtpReply reply)
    {
        var first = reply.Lines.Count > 0 ? reply.Lines[0] : "";
        return first is ['5', '.', _, ..] ? first.StartsWith("5.1.", StringComparison.Ordinal) : reply.Code is 550 or 551 or 553;
    }
}
