using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Portal.Features.Complaints;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>A customer never reads that something failed or is overdue: they read the new date, the reason and an apology.</summary>
public abstract partial class WordsToCustomersTests(PortalFixture portal)
{
    /// <summary>Said to staff only, about the company's own dates.</summary>
    private static readonly string[] ToStaff = ["Alert.Missed", "Event.clock-breached", "LateBy"];

    public static TheoryData<string> Languages => ["id-ID", "en"];

    [Theory, MemberData(nameof(Languages))]
    public void No_text_that_a_customer_may_read_blames_or_counts_delay(string language)
    {
        using var texts = new ResourceManager(typeof(ComplaintsTexts).FullName!, typeof(ComplaintsTexts).Assembly)
            .GetResourceSet(language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), true, true)!;
        var all = texts.Cast<DictionaryEntry>().Select(e => (Key: (string)e.Key, Text: (string)e.Value!)).ToList();
        Assert.True(all.Count > 200);

        Assert.Empty(all.Where(t => Harsh().IsMatch(t.Text) && !ToStaff.Contains(t.Key)).Select(t => $"{t.Key}: {t.Text}"));
        Assert.All(ToStaff, key => Assert.Contains(all, t => t.Key == key)); // the exceptions are real
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task No_mail_and_no_page_of_a_case_that_missed_every_date_says_so(string language)
    {
        var server = portal.Server;
        var (customer, member) = await server.CustomerAsync(m => m.Language = language, language);
        var path = (await customer.FileAsync($"Every date passes {language}")).Path;
        for (var day = 0; day < 25; day++)
        {
            server.Time.Advance(TimeSpan.FromHours(24));
            while (await server.TickAsync() > 0)
            {
            }
        }
        var reference = path.Split('/')[^1];
        Assert.True((await server.CaseAsync(reference)).Breached);

        var page = await customer.GetAsync(path);
        Assert.Contains(language == "en" ? "We are sorry that it takes longer" : "maaf", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Harsh(), page.Text);
        await server.MailToAsync(member.Email!, m => m.Text.Contains(reference, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var expected = (await server.MailsAsync(reference)).Count;
        Assert.True(expected >= 3, $"{expected} mails");
        for (var waited = 0; waited < 300 && Sent().Count < expected; waited++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(expected, Sent().Count);
        Assert.All(Sent(), m => Assert.DoesNotMatch(Harsh(), m.Subject + " " + m.Text + " " + m.Html));

        IReadOnlyList<SentMail> Sent() => [.. server.MailsTo(member.Email!).Where(m => (m.Subject + m.Text).Contains(reference, StringComparison.Ordinal))];
    }

    [GeneratedRegex(@"\b(fail(s|ed|ure)?|overdue|late|missed|breach(ed)?|delayed|gagal|terlambat|terlewat|lewat waktu|lewat tenggat|melewati (batas|tenggat)|telat)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Harsh();
}

public sealed class WordsToCustomersOnSqlite(SqlitePortal portal) : WordsToCustomersTests(portal), IClassFixture<SqlitePortal>;

public sealed class WordsToCustomersOnPostgres(PostgresPortal portal) : WordsToCustomersTests(portal), IClassFixture<PostgresPortal>;
