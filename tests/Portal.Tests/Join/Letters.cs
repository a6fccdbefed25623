using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Tests.Shared;

namespace Portal.Tests.Join;

/// <summary>The mails a person would find, read where they wait to be sent.</summary>
internal static class Letters
{
    public static async Task<List<OutboxRow>> LettersToAsync(this PortalServer server, string address)
    {
        await using var db = server.OpenDatabase();
        return await db.Set<OutboxRow>().AsNoTracking().Where(m => m.Recipient == address.ToLowerInvariant())
            .OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// The link of the newest mail of a template, as a path of this portal: from the outbox while the mail waits, from the mail
    /// folder once it is sent and its link erased.
    /// </summary>
    public static async Task<string> LinkAsync(this PortalServer server, string address, string template)
    {
        for (var attempt = 0; ; attempt++)
        {
            var letter = (await server.LettersToAsync(address)).Last(m => m.Template == template);
            if (letter.Model != OutboxRow.Erased)
                return new Uri(JsonDocument.Parse(letter.Model).RootElement.GetProperty("url").GetString()!).PathAndQuery;
            var file = Path.Combine(server.Database.DataDirectory, "mail", $"{letter.Id:N}.eml");
            if (File.Exists(file))
                return new Uri(Regex.Match(EmlFile.Read(file).Text, @"https?://\S+[?&]token=[\w\-]+").Value).PathAndQuery;
            Assert.True(attempt < 50, $"The mail {template} to {address} is neither in the outbox nor in {file}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}

/// <summary>People who came through the join page.</summary>
internal static class Joining
{
    public const string Password = "kopi susu pagi hari";

    public static async Task<(Visitor Visitor, MemberRow Member)> JoinedAsync(this PortalServer server, string email)
    {
        var visitor = server.Visitor("en");
        await visitor.SubmitAsync(await visitor.GetAsync("/join"), "join", ("Name", "Ayu Lestari"), ("Email", email), ("Password", Password), ("Language", "en"));
        await using var db = server.OpenDatabase();
        return (visitor, await db.Set<MemberRow>().AsNoTracking().SingleAsync(m => m.Email == email && m.UserId != null, TestContext.Current.CancellationToken));
    }
}
