// A detached CMS signature and its path to a root, judged by BouncyCastle alone.
// Usage: VerifyCms SIGNATURE CONTENT ROOT; exit code 0 only when everything holds.
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

public final class VerifyCms {
    private VerifyCms() {}

    public static void main(String[] names) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        byte[] signature = Files.readAllBytes(Path.of(names[0]));
        CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(Files.readAllBytes(Path.of(names[1]))), signature);
        X509Certificate root = (X509Certificate) CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(Path.of(names[2]))));
        List<X509Certificate> embedded = new ArrayList<>();
        for (X509CertificateHolder holder : data.getCertificates().getMatches(null)) {
            embedded.add(new JcaX509CertificateConverter().getCertificate(holder));
        }
        Collection<SignerInformation> signers = data.getSignerInfos().getSigners();
        if (signers.size() != 1) throw new IllegalStateException("not exactly one signer");
        SignerInformation signer = signers.iterator().next();
        X509CertSelector wanted = new X509CertSelector();
        wanted.setSerialNumber(signer.getSID().getSerialNumber());
        PKIXBuilderParameters path = new PKIXBuilderParameters(Set.of(new TrustAnchor(root, null)), wanted);
        path.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(embedded)));
        path.setRevocationEnabled(false);
        CertPathBuilder.getInstance("PKIX").build(path);
        X509CertificateHolder holder = (X509CertificateHolder) data.getCertificates().getMatches(signer.getSID()).iterator().next();
        if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(holder))) {
            throw new IllegalStateException("the signature does not fit");
        }
        System.out.println("verified: " + holder.getSubject());
    }
}
