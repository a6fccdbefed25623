using Notifications.Messages;
using Notifications.Rendering;

namespace Notifications.Sending;

/// <summary>Writes each mail as one <c>.eml</c> file, named by its outbox row: sending again replaces the same file. A reader never sees half a file.</summary>
/// <param name="folder">Created when missing.</param>
public sealed class FolderTransport(string folder) : IMailTransport
{
    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(WireMail mail, CancellationToken cancellation)
    {
        var target = Path.Combine(folder, $"{mail.Id}.eml");
        var unfinished = target + ".part";
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(unfinished, mail.Content, cancellation);
            File.Move(unfinished, target, overwrite: true);
            return new(AttemptOutcome.Accepted, "written to the mail folder");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new(AttemptOutcome.Temporary, $"The mail folder cannot be written: {fault.GetType().Name}.", RelayDown: true);
        }
    }

    /// <inheritdoc/>
    public Task CloseAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
