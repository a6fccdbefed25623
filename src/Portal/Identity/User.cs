using Microsoft.AspNetCore.Identity;

namespace Portal.Identity;

/// <summary>Somebody who signs in: a customer (then a member points to it), a member of staff, or both.</summary>
public sealed class User : IdentityUser<Guid>
{
    public User() => Id = Guid.CreateVersion7();

    /// <summary>As the person wishes to be addressed.</summary>
    [PersonalData]
    public string Name { get; set; } = "";

    /// <summary><c>id-ID</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "id-ID";

    public DateTime CreatedAt { get; set; }
}
