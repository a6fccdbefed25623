using System.Text;
using Portal.Features.Complaints;

namespace Portal.Tests.Complaints;

/// <summary>What people may attach is decided by what is in the file, and its name can do no harm.</summary>
public sealed class UploadTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1];

    public static readonly TheoryData<string, string> Hostile = new()
    {
        { "page.html", "<!doctype html><script>alert(1)</script>" },
        { "photo.jpg", "<script>alert(1)</script>" },
        { "photo.png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>" },
        { "photo.svg", "<?xml version='1.0'?><svg/>" },
        { "run.exe", "MZ\u0090\0" },
        { "run.jpg", "MZ\u0090\0" },
        { "run.sh", "#!/bin/sh\nrm -rf /" },
        { "archive.zip", "PK\u0003\u0004" },
        { "letter.docm", "PK\u0003\u0004word/vbaProject.bin" },
        { "old.doc", "\u00D0\u00CF\u0011\u00E0" },
        { "image.gif", "GIF89a" },
        { "sheet.csv", "=cmd|' /C calc'!A0" },
        { "late.pdf", "<html>%PDF-1.7" },
        { "half.png", "\u0089PNG" },
        { "riff.webp", "RIFF\0\0\0\0WAVE" },
        { "empty.jpg", "" },
        { "script.js", "fetch('/api')" },
        { "page.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'/>" },
        { "flash.swf", "FWS" },
        { "link.url", "[InternetShortcut]\nURL=file:///etc/passwd" },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void A_file_that_is_no_picture_and_no_document_is_refused_whatever_its_name(string name, string content) =>
        Assert.Equal("file.kind", Uploads.Check([new(name, Encoding.Latin1.GetBytes(content))], "files").Refusals.Single().Code);

    [Theory]
    [InlineData("../../etc/passwd", "passwd.png")]
    [InlineData(@"C:\Users\x\foto.exe", "foto.png")]
    [InlineData("foto\u202Egpj.exe", "fotogpj.png")]
    [InlineData("a\r\nSet-Cookie: x.png", "aSet-Cookie_ x.png")]
    [InlineData("<img src=x>.jpg", "img src_x.png")]
    [InlineData("CON.png", "file.png")]
    [InlineData(".htaccess", "htaccess.png")]
    [InlineData("", "file.png")]
    [InlineData("Kopi sore – Süd (2).jpeg", "Kopi sore _ Süd (2).png")]
    public void A_file_name_is_made_harmless_and_gets_the_ending_of_what_is_in_it(string sent, string kept) =>
        Assert.Equal(kept, Uploads.Check([new(sent, Png)], "files").Value.Single().FileName);

    [Fact]
    public void The_type_is_decided_by_the_content() =>
        Assert.Equal("image/png", Uploads.Check([new("page.html", Png)], "files").Value.Single().ContentType);

    [Fact]
    public void Too_large_and_too_many_files_are_refused()
    {
        Assert.Equal("file.large", Uploads.Check([new("a.png", new byte[Uploads.MaxBytes + 1])], "files").Refusals.Single().Code);
        Assert.Equal("files.many", Uploads.Check([.. Enumerable.Repeat(new SentFile("a.png", Png), Uploads.MaxFiles + 1)], "files").Refusals.Single().Code);
    }

    [Fact]
    public void One_bad_file_refuses_all() =>
        Assert.False(Uploads.Check([new("a.png", Png), new("b.png", "no"u8.ToArray())], "files").Succeeded);
}
