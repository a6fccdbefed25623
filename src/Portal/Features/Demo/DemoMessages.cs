using Notifications.Messages;
using Portal.Rewarding.Messages;

namespace Portal.Features.Demo;

/// <summary>What the sample company's rules say to its members. The sample year is silent: only what happens from now on is sent and counted.</summary>
internal static class DemoMessages
{
    public const string Birthday = "birthday-greeting";
    public const string Expiring = "points-expire-soon";
    public const string Away = "long-time-no-see";

    public static IReadOnlyList<MessageTextRow> Texts(Guid? by, DateTime now) =>
    [
        new()
        {
            Key = Birthday,
            Purpose = MailPurpose.Marketing,
            SubjectId = "Selamat ulang tahun, hadiah Anda sudah menunggu",
            SubjectEn = "Happy birthday, your gift is waiting",
            BodyId = "Selamat ulang tahun dari seluruh tim Kopi Rimba. Hadiah kami untuk Anda: {voucher}.\n\nTunjukkan kode {voucher_code} di gerai mana pun sampai {voucher_until}. Voucher ini juga ada di akun Anda.",
            BodyEn = "Happy birthday from everyone at Kopi Rimba. Our gift to you: {voucher}.\n\nShow the code {voucher_code} at any store until {voucher_until}. You also find the voucher in your account.",
            UpdatedAt = now,
            UpdatedBy = by,
        },
        new()
        {
            Key = Expiring,
            Purpose = MailPurpose.Transactional,
            SubjectId = "Pakai {expiring_points} paling lambat {last_day}",
            SubjectEn = "Use {expiring_points} by {last_day}",
            BodyId = "Anda hanya dapat memakai {expiring_points} sampai {last_day}; setelah itu hangus. Saldo Anda sekarang {balance}.\n\nTukarkan dengan minuman, kue, atau potongan harga di halaman Hadiah.",
            BodyEn = "You can use {expiring_points} until {last_day}; after that day they expire. Your balance is now {balance}.\n\nExchange them for a drink, a pastry or money off on the Rewards page.",
            UpdatedAt = now,
            UpdatedBy = by,
        },
        new()
        {
            Key = Away,
            Purpose = MailPurpose.Marketing,
            SubjectId = "Kopi Anda menunggu, sudah {days} hari",
            SubjectEn = "Your coffee is waiting, it has been {days} days",
            BodyId = "Sudah {days} hari sejak kunjungan terakhir Anda, dan Anda masih punya {balance}.\n\nTukarkan dengan secangkir kopi di gerai terdekat, atau lihat apa lagi yang ada di halaman Hadiah.",
            BodyEn = "It has been {days} days since your last visit, and you still have {balance}.\n\nExchange them for a cup of coffee at the nearest store, or see what else there is on the Rewards page.",
            UpdatedAt = now,
            UpdatedBy = by,
        },
    ];
}
