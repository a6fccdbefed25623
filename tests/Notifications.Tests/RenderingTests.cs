using Notifications.Messages;
using Notifications.Rendering;
using Notifications.Templates;

namespace Notifications.Tests;

public sealed class RenderingTests
{
    public static TheoryData<string, string> EveryMail()
    {
        var data = new TheoryData<string, string>();
        foreach (var key in StandardTemplates.Load().Keys)
        {
            foreach (var language in Languages.All) data.Add(key, language);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryMail))]
    public void Every_mail_says_who_sends_it_why_and_where_to_choose(string key, string language)
    {
        var mail = A.Renderer().Render(key, A.Recipient(language: language), MailExamples.Models[key]);
        foreach (var body in new[] { mail.Text, mail.Html })
        {
            Assert.Contains("Kopi Kita", body);
            Assert.Contains("Jl. Melati 1, Jakarta", body);
            Assert.Contains(language == "id" ? "Anda menerima surat ini karena" : "You get this mail because", body);
            Assert.Contains("https://kopi.example/profile/mail", body);
            Assert.Contains(language == "id" ? "Halo Sari," : "Hello Sari,", body);
            Assert.DoesNotContain("{{", body);
            Assert.DoesNotContain("System.", body);
        }
        Assert.InRange(mail.Subject.Length, 8, 78);
        Assert.DoesNotContain('!', mail.Subject + mail.Text);
        Assert.DoesNotContain("\n\n\n", mail.Text);
    }

    [Theory]
    [MemberData(nameof(EveryMail))]
    public void Every_mail_renders_with_nothing_optional(string key, string language)
    {
        var mail = A.Renderer().Render(key, A.Recipient(name: null, language: language), MailExamples.Bare[key]);
        Assert.Contains(language == "id" ? "Halo," : "Hello,", mail.Text);
        Assert.DoesNotContain("  ", mail.Text.Replace("\n", ""));
    }

    [Fact]
    public void Every_mail_has_an_example()
    {
        Assert.Equal(StandardTemplates.Load().Keys, MailExamples.Models.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_template_in_one_language_only_is_refused()
    {
        var lonely = MailTemplate.Parse("lonely", "id", "subject: a\nreason: b\n=== text\nc\n=== html\nd\n");
        var refusal = Assert.Throws<ArgumentException>(() => StandardTemplates.Load().With([lonely]));
        Assert.Contains("'lonely' has no 'en'", refusal.Message);
    }

    [Fact]
    public void Points_and_money_are_written_as_the_reader_writes_them()
    {
        var model = MailExamples.Models[PointsEarnedMail.Template];
        var id = A.Renderer().Render(PointsEarnedMail.Template, A.Recipient(), model);
        var en = A.Renderer().Render(PointsEarnedMail.Template, A.Recipient(language: "en"), model);
        Assert.Equal("Anda mendapat 1.500 poin", id.Subject);
        Assert.Equal("You earned 1,500 points", en.Subject);
        Assert.Contains("Dibayar: Rp250.000\n", id.Text);
        Assert.Contains("Paid: Rp250,000\n", en.Text);
        Assert.Contains("Kamis, 17 September 2026, 17.00 WIB", id.Text);
        Assert.Contains("Thursday, 17 September 2026, 17:00 WIB", en.Text);
        Assert.Contains("- Akhir pekan ganda: 1.250 poin\n", id.Text);
    }

    [Theory]
    [InlineData("id", "12.5", "GBP", 2, "£12,50")]
    [InlineData("en", "12.5", "GBP", 2, "£12.50")]
    [InlineData("en", "-1250000", "IDR", 0, "-Rp1,250,000")]
    [InlineData("en", "3", "CHF", 2, "CHF\u00A03.00")]
    public void Money_has_its_sign_its_groups_and_its_decimals(string language, string amount, string currency, int decimals, string expected)
    {
        Assert.Equal(expected, new Formats(language, "Asia/Jakarta").Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency, decimals));
    }

    [Theory]
    [InlineData("Asia/Makassar", "Kamis, 17 September 2026, 18.00 WITA")]
    [InlineData("Asia/Jayapura", "Kamis, 17 September 2026, 19.00 WIT")]
    [InlineData("Europe/London", "Kamis, 17 September 2026, 11.00 UTC+01:00")]
    [InlineData("America/New_York", "Kamis, 17 September 2026, 06.00 UTC-04:00")]
    public void A_moment_is_told_in_the_readers_zone(string zone, string expected) => Assert.Equal(expected, new Formats("id", zone).Moment(A.Now));

    [Fact]
    public void What_people_wrote_is_escaped_in_html_and_quoted_in_text()
    {
        var model = System.Text.Json.JsonSerializer.Serialize(
            new ComplaintMessageMail("K-1", "<b>Budi</b>", "<script>alert(1)</script>\nfoo & \"bar\"", false, "https://kopi.example/?a=1&b=\"2\""), MailJson.Options);
        var mail = A.Renderer().Render(ComplaintMessageMail.Template, A.Recipient(name: "<i>Sari</i>"), model);
        Assert.DoesNotContain("<script", mail.Html);
        Assert.DoesNotContain("<b>Budi", mail.Html);
        Assert.DoesNotContain("<i>Sari", mail.Html);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;<br>", mail.Html);
        Assert.Contains("href=\"https://kopi.example/?a=1&amp;b=&quot;2&quot;\"", mail.Html);
        Assert.Contains("> <script>alert(1)</script>\n> foo & \"bar\"\n", mail.Text);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    public void A_button_leads_to_the_web_only(string url)
    {
        var model = $$"""{"url":"{{url}}","validUntil":"2026-09-17T10:00:00Z"}""";
        Assert.ThrowsAny<Exception>(() => A.Renderer().Render(ConfirmEmailMail.Template, A.Recipient(), model));
    }

    [Fact]
    public void A_value_missing_from_the_model_is_found_and_not_left_blank()
    {
        Assert.ThrowsAny<Exception>(() => A.Renderer().Render(ConfirmEmailMail.Template, A.Recipient(), "{\"url\":\"https://kopi.example\"}"));
    }

    [Fact]
    public void A_line_break_cannot_reach_the_subject()
    {
        var model = System.Text.Json.JsonSerializer.Serialize(
            new RewardRedeemedMail("Kopi\r\nBcc: all@example.com", 1, 1, null, null, "https://kopi.example"), MailJson.Options);
        Assert.Throws<ArgumentException>(() => A.Renderer().Render(RewardRedeemedMail.Template, A.Recipient(), model));
    }
}
