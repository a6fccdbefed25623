using System.Globalization;
using System.Resources;
using Complaints.Cases;
using Portal.Ui;

namespace Portal.Features.Complaints;

/// <summary>Sentences about a case in a given language: mails are in the recipient's, pages in the reader's.</summary>
internal sealed class CaseWords(Format format)
{
    private static readonly ResourceManager Texts = new(typeof(ComplaintsTexts).FullName!, typeof(ComplaintsTexts).Assembly);

    public string In(CultureInfo culture, string key, params object[] values)
    {
        var text = Texts.GetString(key, culture) ?? throw new MissingManifestResourceException(key);
        return values.Length == 0 ? text : string.Format(culture, text, values);
    }

    /// <summary>A code in words where the texts know it, else the code: codes are the company's to extend.</summary>
    public string Code(CultureInfo culture, string group, string code) => Texts.GetString($"{group}.{code}", culture) ?? code;

    public string Remedy(CultureInfo culture, Remedy remedy) => remedy.Kind switch
    {
        RemedyKind.Points => Joined(In(culture, "Remedy.PointsOf", format.Points(remedy.Points, culture)), remedy.Text),
        RemedyKind.Refund => Joined(In(culture, "Remedy.RefundOf", format.Money(new(remedy.Amount, RewardsEngine.Values.Currency.Of(remedy.Currency!)), culture)), remedy.Text),
        RemedyKind.Voucher when remedy.Voucher is { } voucher => In(culture, "Remedy.VoucherOf", culture.TwoLetterISOLanguageName == "id" ? voucher.NameId : voucher.NameEn, format.Days(voucher.ValidDays, culture)),
        _ => Joined(In(culture, $"RemedyKind.{remedy.Kind}"), remedy.Text),
    };

    /// <summary>A voucher that was given: name, code, last day.</summary>
    public string Voucher(CultureInfo culture, GivenVoucher voucher) =>
        In(culture, "VoucherGiven", culture.TwoLetterISOLanguageName == "id" ? voucher.NameId : voucher.NameEn, voucher.Code, format.Date(voucher.ValidTo, culture));

    public string Moment(CultureInfo culture, DateTime at) => format.DateTime(at, culture);

    private static string Joined(string what, string more) => string.IsNullOrWhiteSpace(more) ? what : $"{what}: {more}";
}
