using System.Text;
using Notifications.Messages;
using Notifications.Rendering;

namespace Notifications.Tests;

public sealed class MimeTests
{
    private static readonly ListHeaders List = new("offers.kopi.example", "https://kopi.example/unsubscribe/abc");

    [Fact]
    public void The_same_message_gives_the_same_bytes_and_the_same_message_id()
    {
        var message = A.Message();
        Assert.Equal(A.Wire(message).Content, A.Wire(message).Content);
        Assert.Equal($"<{message.Id.Value:N}@kopi.example>", A.Wire(message).MessageId);
    }

    [Fact]
    public void The_text_part_comes_first_and_no_line_is_too_long()
    {
        var text = Encoding.ASCII.GetString(A.Wire(A.Message()).Content);
        Assert.InRange(text.IndexOf("text/plain", StringComparison.Ordinal), 1, text.IndexOf("text/html", StringComparison.Ordinal));
        Assert.All(text.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.Contains("\r\nAuto-Submitted: auto-generated\r\n", text);
        Assert.DoesNotContain("List-Unsubscribe", text);
        Assert.DoesNotContain('\n', text.Replace("\r\n", ""));
    }

    [Fact]
    public void Marketing_mail_can_be_unsubscribed_with_one_click_and_is_not_called_automatic()
    {
        var message = A.Message(purpose: MailPurpose.Marketing);
        var mail = MimeWriter.Build(message, A.Renderer().Render(message, List.Url), A.From, "kopi.example", A.Now, List);
        var text = Encoding.ASCII.GetString(mail.Content);
        Assert.Contains("\r\nList-Id: <offers.kopi.example>\r\n", text);
        Assert.Contains("\r\nList-Unsubscribe: <https://kopi.example/unsubscribe/abc>\r\n", text);
        Assert.Contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", text);
        Assert.DoesNotContain("Auto-Submitted", text);
        Assert.Contains("https://kopi.example/unsubscribe/abc", A.Renderer().Render(message, List.Url).Text);
    }

    [Fact]
    public void Marketing_without_unsubscribe_and_transactional_with_it_are_refused()
    {
        var (marketing, transactional) = (A.Message(purpose: MailPurpose.Marketing), A.Message());
        var mail = A.Renderer().Render(transactional);
        Assert.Throws<ArgumentException>(() => MimeWriter.Build(marketing, mail, A.From, "kopi.example", A.Now, null));
        Assert.Throws<ArgumentException>(() => MimeWriter.Build(transactional, mail, A.From, "kopi.example", A.Now, List));
        Assert.Throws<ArgumentException>(() => MimeWriter.Build(marketing, mail, A.From, "kopi.example", A.Now, List with { Url = "http://kopi.example/u" }));
    }

    [Theory]
    [InlineData("Sari\r\nBcc: all@example.com")]
    [InlineData("Sari\nX")]
    [InlineData("Sari\0")]
    [InlineData("Sari\u2028X")]
    public void A_name_that_could_break_a_header_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => A.Recipient(name: name));
        Assert.Throws<ArgumentException>(() => MimeWriter.Build(A.Message(), A.Renderer().Render(A.Message()), A.From with { Name = name }, "kopi.example", A.Now, null));
        Assert.Throws<ArgumentException>(() => MimeWriter.Build(A.Message(), A.Renderer().Render(A.Message()) with { Subject = name }, A.From, "kopi.example", A.Now, null));
        Assert.Throws<ArgumentException>(() => MimeWriter.Build(A.Message(), A.Renderer().Render(A.Message()), A.From, name, A.Now, null));
    }

    [Fact]
    public void Half_a_character_is_refused() => Assert.Throws<ArgumentException>(() => A.Recipient(name: "Sari" + (char)0xd800));

    [Theory]
    [InlineData("sari@example.com", "sari@example.com")]
    [InlineData("Sari.Dewi+kopi@Example.COM", "Sari.Dewi+kopi@example.com")]
    [InlineData("sari@münchen.example", "sari@xn--mnchen-3ya.example")]
    public void An_address_is_kept_in_the_form_it_is_sent(string text, string sent) => Assert.Equal(sent, EmailAddress.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("@example.com")]
    [InlineData("sari@")]
    [InlineData("sari")]
    [InlineData("sari@example.com\r\nRCPT TO:<x@example.com>")]
    [InlineData("sari@exa mple.com")]
    [InlineData("a@b@example.com")]
    [InlineData("<sari@example.com>")]
    [InlineData("\"sari dewi\"@example.com")]
    [InlineData("sari..dewi@example.com")]
    [InlineData("sári@example.com")]
    [InlineData("sari@-example.com")]
    public void What_is_not_one_plain_mailbox_is_refused(string text) => Assert.False(EmailAddress.TryParse(text, out _));
}
